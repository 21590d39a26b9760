import GRDB
import SealedIntake

extension Store {
    /// Takes one submission that came at `seconds` of Unix time; the time is not kept.
    ///
    /// Checked in this order: organisation, tag, stamp, quota. What comes back as
    /// ``Acceptance/stored(_:)`` is on the disk.
    /// - Throws: ``StoreError/overloaded``, ``StoreError/database(_:)``.
    public func accept(
        _ submission: Submission,
        at seconds: UInt64
    ) async throws(StoreError) -> Acceptance {
        guard try isListed(submission.organisation) else { return .unknownOrganisation }
        let hour = Stamp.hour(of: seconds)
        if let refusal = try refusal(of: submission, hour: hour) { return refusal }
        let acceptance = try await groupCommit.accept(
            submission,
            day: Day(unixSeconds: seconds)
        )
        if case .stored = acceptance, !submission.isCover {
            traffic.add(submission.organisation, hour: hour)
        }
        return acceptance
    }

    /// What a visitor needs for a stamp at `seconds` of Unix time.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    public func challenge(at seconds: UInt64) throws(StoreError) -> Challenge {
        let hour = Stamp.hour(of: seconds)
        let day = Day(unixSeconds: seconds)
        let root = try newestPublication().roots.first ?? MerkleTree().root
        return Challenge(
            hour: hour,
            difficulty: limits.asksWork ? traffic.highest(hour: hour) : 0,
            isTextClosed: groupCommit.isClosedSomewhere(.text, on: day),
            arePiecesClosed: groupCommit.isClosedSomewhere(.piece, on: day),
            bytesToSolve: Stamp.challenge(hour: hour, root: root)
        )
    }

    /// Whether the directory names an organisation; a new directory is looked for where not.
    private func isListed(_ organisation: OrganisationID) throws(StoreError) -> Bool {
        if publication.names(organisation) { return true }
        return try newestPublication().names(organisation)
    }

    /// What is known of a tag already, or that work is missing; nil to go on.
    private func refusal(
        of submission: Submission,
        hour: UInt32
    ) throws(StoreError) -> Acceptance? {
        let envelopeClass = submission.envelope.envelopeClass
        let organisation = submission.organisation
        guard limits.asksWork else { return nil }
        let least = traffic.accepted(envelopeClass, for: organisation, hour: hour)
        guard least > 0 else { return nil }
        let known = try storing { try pool.read { try Inbox($0).known(submission) } }
        if let known { return known }
        let roots = try newestPublication().roots
        guard try isWorth(submission, Int(least), hour: hour, roots: roots) else {
            return .needsWork(traffic.asked(envelopeClass, for: organisation, hour: hour))
        }
        return nil
    }

    /// Whether a stamp holds under one of the newest two roots, for this hour or the two before.
    private func isWorth(
        _ submission: Submission,
        _ least: Int,
        hour: UInt32,
        roots: [Digest]
    ) throws(StoreError) -> Bool {
        let stamp = submission.stamp
        guard stamp.hour <= hour, hour - stamp.hour <= 2 else { return false }
        for root in roots {
            let challenge = Stamp.challenge(hour: stamp.hour, root: root)
            guard
                let bits = try? stamp.bits(
                    subject: submission.stampSubject,
                    challenge: challenge
                )
            else { throw .overloaded }
            if bits >= least { return true }
        }
        return false
    }
}

extension Stamp {
    /// The clock hour that holds a moment: Unix time / 3600.
    static func hour(of seconds: UInt64) -> UInt32 {
        UInt32(clamping: seconds / 3600)
    }
}
