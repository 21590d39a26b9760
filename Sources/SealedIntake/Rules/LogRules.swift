/// Walks through the closes of a log, oldest first, and holds each leaf to what stands before it.
///
/// The one reading of what a close must be: who audits public files feeds it, and the server's own
/// check.
/// - SeeAlso: `docs/spec/protocol.md`, sections 8 and 10.4; `docs/audit.md`.
public struct LogRules: Sendable {
    /// The day closed last.
    public private(set) var day: Day?
    /// What the log says about each organisation's envelopes.
    public private(set) var envelopes: [OrganisationID: LoggedEnvelopes] = [:]
    /// What it says about replies.
    public private(set) var replies: LoggedReplies
    /// The serial and digest of the directory logged last.
    public private(set) var directory: (serial: UInt64, digest: Digest)?
    /// Directories that were logged and whose note is not held.
    public private(set) var unknownDirectories: Set<Digest> = []

    private let origin: [UInt8]
    private let directories: [Digest: Directory]
    private let first: UInt64
    /// What was signed at the end of each close: the digest of the checkpoint's text.
    private var signed: [UInt64: Digest] = [:]
    private var overdue: OverdueRules

    /// Begins with the tree before the first leaf held, and with the directories whose notes are.
    public init(origin: [UInt8], before: MerkleTree, directories: [Digest: Directory]) {
        self.origin = origin
        self.directories = directories
        first = before.size
        overdue = OverdueRules(directories: directories, isWhole: before.size == 0)
        replies = LoggedReplies(isWhole: before.size == 0)
        sign(before)
    }

    /// Takes the leaves of the next close, from an index to the tree after them.
    /// - Throws: ``LogRuleError``; the structure of the close before its leaves, the leaves before
    ///   what was forgotten.
    public mutating func take(
        _ leaves: ArraySlice<Leaf>,
        from index: UInt64,
        to after: MerkleTree
    ) throws(LogRuleError) {
        if let leaf = leaves.first, leaf.type == .directory { try enforce(leaf, at: index) }
        let structure = CloseStructure(previousDay: day, first: index, directory: inForce)
        let day = try structure.check(leaves)
        if let before = self.day, before.adding(1) < day {
            throw LogRuleError(after.size - 1, .daysLeftOut(after: before, day))
        }
        for (index, leaf) in zip(index..<after.size, leaves) { try take(leaf, at: index, on: day) }
        try checkNothingForgotten(on: day)
        sign(after)
        self.day = day
    }

    /// The directory in force, where its note is held.
    private var inForce: Directory? { directory.flatMap { directories[$0.digest] } }

    private mutating func sign(_ tree: MerkleTree) {
        let checkpoint = Checkpoint(origin: origin, size: tree.size, root: tree.root)
        signed[tree.size] = Digest(of: checkpoint.text)
    }

    private mutating func enforce(_ leaf: Leaf, at index: UInt64) throws(LogRuleError) {
        let serial = leaf.number ?? 0
        if let held = directories[leaf.digest] {
            guard held.serial == serial else { throw LogRuleError(index, .otherSerial(serial)) }
        } else {
            unknownDirectories.insert(leaf.digest)
        }
        if let known = directory {
            let isNewer = serial > known.serial
            let isSame = serial == known.serial && leaf.digest == known.digest
            guard isNewer || isSame else { throw LogRuleError(index, .directoryGoesBack(serial)) }
        }
        directory = (serial, leaf.digest)
    }

    private mutating func take(
        _ leaf: Leaf,
        at index: UInt64,
        on day: Day
    ) throws(LogRuleError) {
        guard let id = leaf.organisation else { return }
        switch leaf.type {
        case .acknowledgement: try acknowledge(leaf, by: id, at: index, on: day)
        case .submission: try receive(leaf, for: id, at: index, on: day)
        case .reply:
            let reply = LoggedReplies.Entry(
                index: index,
                day: day,
                organisation: id,
                tag: leaf.tag,
                digest: leaf.digest
            )
            try replies.receive(reply)
        case .withdrawal: try replies.withdraw(leaf, by: id, at: index)
        case .overdue:
            let owners = try overdue.take(leaf, for: id, at: index, on: day, among: envelopes)
            for owner in owners { envelopes[owner]?.overdue += 1 }
        case .transferred, .directory, .dayEnd: return
        }
    }

    private mutating func acknowledge(
        _ leaf: Leaf,
        by id: OrganisationID,
        at index: UInt64,
        on day: Day
    ) throws(LogRuleError) {
        let size = leaf.number ?? 0
        let before = envelopes[id]?.acknowledged ?? 0
        guard size > before else {
            throw LogRuleError(index, .acknowledgementFalls(id, size, before: before))
        }
        guard size < first || signed[size] == leaf.digest else {
            throw LogRuleError(index, .acknowledgesNothing(id, size))
        }
        envelopes[id, default: LoggedEnvelopes()].acknowledge(size, on: day)
    }

    private mutating func receive(
        _ leaf: Leaf,
        for id: OrganisationID,
        at index: UInt64,
        on day: Day
    ) throws(LogRuleError) {
        let envelope = LoggedEnvelopes.Waiting(
            index: index,
            day: day,
            name: EnvelopeName(leaf),
            directory: directory?.digest
        )
        try overdue.receive(envelope, for: id)
        envelopes[id, default: LoggedEnvelopes()].receive(envelope)
    }

    private func checkNothingForgotten(on day: Day) throws(LogRuleError) {
        let today = inForce
        let found = envelopes.compactMap { id, logged in
            overdue.forgotten(of: id, logged.waiting, on: day, today: today)
        }
        guard let first = found.min(by: { $0.index < $1.index }) else { return }
        throw first
    }
}
