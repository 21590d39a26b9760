import SealedIntake

/// Walks through the closes, oldest first, and holds each entry to what stands before it.
struct CloseAudit {
    /// The day closed last.
    private(set) var day: Day?
    /// What the log says about each organisation's envelopes.
    private(set) var organisations: [OrganisationID: OrganisationAudit] = [:]
    /// What it says about replies.
    private(set) var replies: ReplyAudit
    /// Directories that were logged and whose note is not held.
    private(set) var unknownDirectories: Set<Digest> = []

    private let chain: AuditChain
    private let directories: AuditDirectories
    private var overdue: OverdueAudit
    private var directory: (serial: UInt64, digest: Digest)?
    private var submissions: [OrganisationID: [Tag: UInt64]] = [:]

    init(chain: AuditChain, directories: AuditDirectories) {
        self.chain = chain
        self.directories = directories
        overdue = OverdueAudit(directories: directories, isWhole: chain.first == 0)
        replies = ReplyAudit(isWhole: chain.first == 0)
    }

    /// Checks all closes.
    /// - Throws: ``AuditError/entry(_:_:)``, the first in the order of the log; within a close its
    ///   structure before its entries.
    mutating func check() throws(AuditError) {
        for close in chain.closes { try check(close) }
        guard let directory, directory.digest != directories.digest else { return }
        // What is served may be newer than what was logged, never older.
        guard directory.serial < directories.newest.serial else {
            let serial = directories.newest.serial
            let stale = DirectoryError.staleSerial(found: serial, known: directory.serial)
            throw .directory("directory", stale)
        }
    }

    private mutating func check(_ close: AuditChain.Close) throws(AuditError) {
        let end = close.first + UInt64(close.leaves.count) - 1
        guard close.leaves.last?.type == .dayEnd else { throw .entry(end, .cut) }
        let day = try checkStructure(close)
        do throws(EntryError) {
            if let before = self.day, before.adding(1) < day {
                throw .daysLeftOut(after: before, day)
            }
            guard day.month == close.month else { throw .otherMonth(day) }
        } catch {
            throw .entry(end, error)
        }
        for (position, leaf) in zip(close.first..., close.leaves) {
            do throws(EntryError) {
                try take(leaf, at: position, on: day)
            } catch {
                throw .entry(position, error)
            }
        }
        try checkNothingForgotten(on: day)
        self.day = day
    }

    private mutating func checkStructure(_ close: AuditChain.Close) throws(AuditError) -> Day {
        if let leaf = close.leaves.first, leaf.type == .directory {
            do throws(EntryError) {
                try enforce(leaf)
            } catch {
                throw .entry(close.first, error)
            }
        }
        do throws(CloseError) {
            let structure = CloseStructure(
                previousDay: day,
                first: close.first,
                directory: inForce
            )
            return try structure.check([Leaf](close.leaves))
        } catch {
            throw .entry(error.position, .close(error.reason))
        }
    }

    /// The directory in force, where its note is held.
    private var inForce: Directory? { directory.flatMap { directories[$0.digest] } }

    private mutating func enforce(_ leaf: Leaf) throws(EntryError) {
        let serial = leaf.number ?? 0
        if let held = directories[leaf.digest] {
            guard held.serial == serial else { throw .otherSerial(serial) }
        } else {
            unknownDirectories.insert(leaf.digest)
        }
        if let known = directory {
            let isNewer = serial > known.serial
            let isSame = serial == known.serial && leaf.digest == known.digest
            guard isNewer || isSame else { throw .directoryGoesBack(serial) }
        }
        directory = (serial, leaf.digest)
    }

    private mutating func take(
        _ leaf: Leaf,
        at position: UInt64,
        on day: Day
    ) throws(EntryError) {
        guard let id = leaf.organisation else { return }
        switch leaf.type {
        case .acknowledgement: try acknowledge(leaf.number ?? 0, leaf.digest, by: id, on: day)
        case .submission: try receive(leaf, for: id, at: position, on: day)
        case .reply:
            let reply = ReplyAudit.Logged(
                position: position,
                day: day,
                organisation: id,
                tag: leaf.tag,
                digest: leaf.digest
            )
            try replies.receive(reply)
        case .withdrawal: try replies.withdraw(leaf, by: id)
        case .overdue:
            let sizes = organisations.mapValues(\.acknowledged)
            let owners = try overdue.take(leaf, for: id, on: day) { sizes[$0] ?? 0 }
            for owner in owners { organisations[owner]?.overdue += 1 }
        case .transferred, .directory, .dayEnd: return
        }
    }

    private mutating func acknowledge(
        _ size: UInt64,
        _ digest: Digest,
        by id: OrganisationID,
        on day: Day
    ) throws(EntryError) {
        let before = organisations[id]?.acknowledged ?? 0
        guard size > before else { throw .acknowledgementFalls(id, size, before: before) }
        if size >= chain.first {
            let signed = chain.tree(at: size).map { tree in
                Checkpoint(origin: directories.origin, size: size, root: tree.root)
            }
            guard let signed, Digest(of: signed.text) == digest else {
                throw .acknowledgesNothing(id, size)
            }
        }
        organisations[id, default: OrganisationAudit()].acknowledge(size, on: day)
    }

    private mutating func receive(
        _ leaf: Leaf,
        for id: OrganisationID,
        at position: UInt64,
        on day: Day
    ) throws(EntryError) {
        if let earlier = submissions[id]?[leaf.tag] { throw .tagTwice(earlier) }
        submissions[id, default: [:]][leaf.tag] = position
        let envelope = OrganisationAudit.Waiting(
            position: position,
            day: day,
            envelope: LoggedEnvelope(tag: leaf.tag, digest: leaf.digest),
            directory: directory?.digest
        )
        organisations[id, default: OrganisationAudit()].receive(envelope)
        overdue.receive(envelope, for: id)
    }

    private func checkNothingForgotten(on day: Day) throws(AuditError) {
        let today = inForce
        let found = organisations.compactMap { id, organisation in
            overdue.forgotten(of: id, organisation.waiting, on: day, today: today)
        }
        guard let first = found.min(by: { $0.position < $1.position }) else { return }
        throw .entry(first.position, first.fault)
    }
}
