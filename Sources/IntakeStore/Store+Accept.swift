import GRDB
import SealedIntake

extension Store {
    /// Takes one submission of which nothing is computed yet.
    /// - Throws: ``StoreError/overloaded``, ``StoreError/database(_:)``.
    public func accept(
        _ submission: Submission,
        at seconds: UInt64
    ) async throws -> Acceptance {
        try await accept(Incoming(submission), at: seconds)
    }

    /// What is refused of a submission before anything is computed of it: that it is for nobody, or
    /// of a class that is not taken yet; nil to go on.
    /// - Throws: ``StoreError/database(_:)``.
    public func refusal(of submission: Submission) throws -> Acceptance? {
        guard try directory(naming: submission.organisation) != nil else {
            return .unknownOrganisation
        }
        return submission.envelope.envelopeClass == .text ? nil : .notYet
    }

    /// Takes one submission that came at `seconds` of Unix time; the time is not kept.
    ///
    /// Checked in this order: organisation, class, tag, stamp, disk. What comes back as
    /// ``Acceptance/stored(_:)`` is on the disk. A cover takes the same steps as a report that is
    /// stored, whatever its tag and stamp; and so does what comes again, since its sender has no
    /// answer: whoever kept that back could tell by the next answer's time what was posted.
    /// - Throws: ``StoreError/overloaded``, ``StoreError/database(_:)``.
    public func accept(
        _ incoming: Incoming,
        at seconds: UInt64
    ) async throws -> Acceptance {
        guard let directory = try directory(naming: incoming.organisation) else {
            return .unknownOrganisation
        }
        guard incoming.envelopeClass == .text else { return .notYet }
        let hour = traffic.go(to: Stamp.hour(of: seconds), directory)
        // From the stamp to the commit without a way back: who waits is woken once.
        let answer = await withCheckedContinuation { continuation in
            let isLetIn = turnstile.admit {
                let refusal = Result { () throws in
                    try self.refusal(of: incoming, hour: hour, directory)
                }
                self.goOn(incoming, refusal, at: seconds) { continuation.resume(returning: $0) }
            }
            if !isLetIn { continuation.resume(returning: .failure(StoreError.overloaded)) }
        }
        let acceptance = try answer.get()
        if case .stored = acceptance, !incoming.isCover {
            traffic.add(to: incoming.organisation, hour: hour, directory)
        }
        return acceptance
    }

    /// Hands on to the commit what is not refused; and what is known, to take the steps of a cover.
    private func goOn(
        _ incoming: Incoming,
        _ refusal: Result<Acceptance?, any Error>,
        at seconds: UInt64,
        _ answer: @escaping @Sendable (GroupCommit.Answer) -> Void
    ) {
        let day = Day(unixSeconds: seconds)
        switch refusal {
        case .failure(let error): answer(.failure(error))
        case .success(.known(let known)) where space.isEnough(at: seconds):
            // It is there, whatever becomes of this.
            groupCommit.take(incoming.asCover, day: day) { _ in answer(.success(.known(known))) }
        case .success(let refused?): answer(.success(refused))
        case .success(nil):
            guard space.isEnough(at: seconds) else { return answer(.success(.noRoom)) }
            groupCommit.take(incoming, day: day, answer: answer)
        }
    }

    /// What a visitor needs for a stamp at `seconds` of Unix time.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    public func challenge(at seconds: UInt64) throws -> Challenge {
        let directory = try newestPublication().directory?.directory
        let clock = Stamp.hour(of: seconds)
        let hour = directory.map { traffic.go(to: clock, $0) } ?? clock
        let tries = directory.map { directory in
            limits.asksWork
                ? traffic.asked(hour: hour, directory)
                : directory.organisations.map { _ in 1 }
        }
        return Challenge(
            hour: hour,
            isTextClosed: !space.isEnough(at: seconds),
            arePiecesClosed: true,
            bytesToSolve: challengeKey.challenge(of: hour),
            tries: tries ?? []
        )
    }

    /// The free bytes of the disk; nil where it does not say.
    public var freeBytes: UInt64? { space.bytes }

    /// The organisations that got in the last day half of what raises the work, or more.
    public func busyOrganisations(at seconds: UInt64) -> [OrganisationID] {
        guard let directory = publication.directory?.directory else { return [] }
        return traffic.busy(hour: Stamp.hour(of: seconds), directory)
    }

    /// The directory in force when it names an organisation; a new one is looked for where not.
    private func directory(
        naming organisation: OrganisationID
    ) throws -> Directory? {
        let known = publication
        if known.names(organisation) { return known.directory?.directory }
        let newest = try newestPublication()
        return newest.names(organisation) ? newest.directory?.directory : nil
    }

    /// What is known of a tag already, or that work is missing; nil to go on.
    private func refusal(
        of incoming: Incoming,
        hour: UInt32,
        _ directory: Directory
    ) throws -> Acceptance? {
        // One statement sees one state of the file, without a transaction around it.
        let known = try storing { try pool.unsafeRead { try Inbox($0).known(incoming) } }
        if let known {
            if case .known = known, limits.asksWork {
                let stamp = incoming.stamp
                let challenge = challengeKey.challenge(of: stamp.hour)
                try? stamp.work(for: incoming.organisation, challenge: challenge)
            }
            return known
        }
        guard limits.asksWork else { return nil }
        let isWorth: Bool
        do throws(KeyError) {
            isWorth = try hasWork(incoming, hour: hour, directory)
        } catch {
            throw StoreError.overloaded
        }
        if isWorth {
            switch incoming.isCover ? .spent : tickets.spend(incoming, hour: hour) {
            case .spent: return nil
            case .full: throw StoreError.overloaded
            case .refused: break
            }
        }
        let tries = traffic.asked(
            of: incoming.organisation,
            stampHour: hour,
            hour: hour,
            directory
        )
        return .needsWork(tries ?? directory.work)
    }

    /// Whether a stamp is worth what its own hour asked; of a cover as much is computed, and not
    /// looked at.
    private func hasWork(
        _ incoming: Incoming,
        hour: UInt32,
        _ directory: Directory
    ) throws(KeyError) -> Bool {
        let stamp = incoming.stamp
        let organisation = incoming.organisation
        let challenge = challengeKey.challenge(of: stamp.hour)
        guard !incoming.isCover else {
            try stamp.work(for: organisation, challenge: challenge)
            return true
        }
        let asked = traffic.asked(
            of: organisation,
            stampHour: stamp.hour,
            hour: hour,
            directory
        )
        guard let asked else { return false }
        return try stamp.isWorth(asked, for: organisation, challenge: challenge)
    }
}
