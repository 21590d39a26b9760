import GRDB
import SealedIntake

/// Brings missing leaves back, inside one transaction.
///
/// Signing with Ed25519 is deterministic, so that a checkpoint signed again is the note that was
/// signed before.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
struct Recovery {
    private let database: Database
    private let file: LeavesFile
    private let logKey: LogKey
    private let today: Day
    private let own: StoredCheckpoint
    private var report = RecoveryReport()
    private var mending = BitMending(searches: 16)

    init(_ file: LeavesFile, in database: Database, logKey: LogKey, today: Day) throws {
        self.database = database
        self.file = file
        self.logKey = logKey
        self.today = today
        own = try StoredCheckpoint.newest(in: database)
    }

    /// Holds the leaves to the store's own, then appends what is missing.
    mutating func run(
        signed: VerifiedCheckpoint,
        directories: [VerifiedDirectory]
    ) throws -> RecoveryReport {
        try checkReach(signed)
        try checkOverlap()
        let missing = [Leaf](file.run[own.tree.size, file.run.end])
        if !missing.isEmpty {
            try RecoveredDirectories(database).take(directories, for: missing)
            let last = try append(missing)
            try finish(last)
        }
        try Ahead.settle(in: database)
        report.size = try StoredCheckpoint.newest(in: database).tree.size
        report.behind = try behind(signed)
        return report
    }

    /// The leaves must join on to the store's own, and reach further while something is missing.
    private func checkReach(_ signed: VerifiedCheckpoint) throws {
        let size = own.tree.size
        let (first, end) = (file.run.first, file.run.end)
        guard first <= size else {
            throw StoreError.leaves(.beginLate(first, size: size))
        }
        let isWhole = signed.checkpoint.size <= size && (try? Ahead.check(database)) != nil
        guard end >= size || isWhole else {
            throw StoreError.leaves(.endEarly(end, size: size))
        }
    }

    /// Where both have leaves, they are the same.
    private func checkOverlap() throws {
        let log = LogReader(database)
        let end = min(own.tree.size, file.run.end)
        let first = min(max(file.run.first, try log.firstHeld()), end)
        guard try log.tree(of: first) == file.run.tree(at: first) else {
            throw StoreError.leaves(.othersBefore(first))
        }
        try log.leaves(from: first, to: end) { index, leaf in
            guard file.run.leaf(at: index) == leaf else {
                throw StoreError.leaves(.other(index))
            }
        }
    }

    /// Appends close by close; returns the day of the last.
    private mutating func append(_ missing: [Leaf]) throws -> Day {
        guard missing.last?.type == .dayEnd else {
            throw StoreError.leaves(.noEnd)
        }
        var tree = own.tree
        var last = own.day
        var first = missing.startIndex
        while let end = missing[first...].firstIndex(where: { $0.type == .dayEnd }) {
            guard let day = missing[end].day, day >= last else {
                throw StoreError.leaves(.dayFalls)
            }
            for leaf in missing[first...end] {
                let object = RecoveredObject(database, leaf: leaf, index: tree.size)
                try object.take(day: day, &report, &mending)
                tree.append(leaf.hash)
            }
            try sign(tree, day)
            last = day
            first = missing.index(after: end)
        }
        report.leaves = UInt64(missing.count)
        return last
    }

    private mutating func sign(_ tree: MerkleTree, _ day: Day) throws {
        let checkpoint = Checkpoint(origin: logKey.signer.name, size: tree.size, root: tree.root)
        let note = logKey.signer.note(checkpoint.text)
        try StoredCheckpoint(day: day, tree: tree, note: note).insert(into: database)
        report.closes += 1
    }

    /// Days that are past were closed for good; of today's the log does not tell.
    private func finish(_ last: Day) throws {
        try database.execute(
            sql: "UPDATE house SET closed_through = MAX(closed_through, ?)",
            arguments: [(last < today ? last : last.previous).column]
        )
        try Sweep(database, day: min(last, today)).run()
        try DropLevel(database).run()
        try Erasure(database, day: min(last, today)).run()
        try House.renewDrop(in: database)
    }

    /// What the mark says that is still missing; nil when the store has it.
    private func behind(_ signed: VerifiedCheckpoint) throws -> UInt64? {
        let size = signed.checkpoint.size
        guard size <= report.size else { return size }
        let held = try StoredCheckpoint.newest(upTo: size, in: database).tree
        guard held.size == size, held.root == signed.checkpoint.root else {
            throw StoreError.leaves(.otherMark)
        }
        return nil
    }
}
