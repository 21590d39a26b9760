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
        let incoming = Incoming(submission)
        if let refusal = try refusal(of: incoming, hour: hour) { return refusal }
        let acceptance = try await groupCommit.accept(
            incoming,
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
        of incoming: Incoming,
        hour: UInt32
    ) throws(StoreError) -> Acceptance? {
        let envelopeClass = incoming.envelopeClass
        let organisation = incoming.organisation
        guard limits.asksWork else { return nil }
        let least = traffic.accepted(envelopeClass, for: organisation, hour: hour)
        guard least > 0 else { return nil }
        let known = try storing { try pool.read { try Inbox($0).known(incoming) } }
        if let known { return known }
        let roots = try newestPublication().roots
        guard try isWorth(incoming, Int(least), hour: hour, roots: roots) else {
            return .needsWork(traffic.asked(envelopeClass, for: organisation, hour: hour))
        }
        return nil
    }

    /// Whether a stamp holds under one of the newest two roots, for this hour or the two before.
    private func isWorth(
        _ incoming: Incoming,
        _ least: Int,
        hour: UInt32,
        roots: [Digest]
    ) throws(StoreError) -> Bool {
        let stamp = incoming.submission.stamp
        let subject = Stamp.subject(
            organisation: incoming.organisation,
            tag: incoming.tag,
            envelope: incoming.digest
        )
        guard stamp.hour <= hour, hour - stamp.hour <= 2 else { return false }
        for root in roots {
            let challenge = Stamp.challenge(hour: stamp.hour, root: root)
            guard
                let bits = try? stamp.bits(subject: subject, challenge: challenge)
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
