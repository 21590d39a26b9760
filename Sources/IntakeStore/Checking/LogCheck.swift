import GRDB
import SealedIntake

/// Verifies the log: roots, signatures and the structure of each close.
struct LogCheck {
    private let database: Database
    private let logKey: LogKey
    private let directories: [InstalledDirectory]

    private let reigns: [Reign]

    init(_ database: Database, logKey: LogKey, directories: [InstalledDirectory]) throws {
        self.database = database
        self.logKey = logKey
        self.directories = directories
        let size = try StoredCheckpoint.newest(in: database).tree.size
        reigns = try Reign.all(in: database, upTo: size)
    }

    /// Walks through all closes whose leaves are held, oldest first.
    func run(_ report: inout CheckReport) throws {
        let checkpoints = try StoredCheckpoint.all(in: database)
        guard let first = checkpoints.first, first.tree.size == 0 else {
            throw StoreError.damaged("the first checkpoint is gone, it must be that of size 0")
        }
        try checkSignature(of: first, tree: MerkleTree())
        var state = State(previous: try erased(checkpoints, first))
        let held = state.previous.tree.size
        for checkpoint in checkpoints where checkpoint.tree.size > held {
            try walk(to: checkpoint, &state)
        }
        let size = state.previous.tree.size
        let count = try Int64.fetchOne(database, sql: "SELECT COUNT(*) FROM leaf") ?? 0
        guard count == (size - held).column else {
            throw StoreError.damaged("leaf \(size) is signed by no checkpoint")
        }
        report.checkpoints = checkpoints.count
        report.leaves = Int(size - held)
    }

    /// The checkpoint at which the leaves that are held begin: the end of a month long past.
    ///
    /// Of those before it only signatures and subtree roots are left.
    private func erased(
        _ checkpoints: [StoredCheckpoint],
        _ first: StoredCheckpoint
    ) throws -> StoredCheckpoint {
        let held = try LogReader(database).firstHeld()
        guard held > 0 else { return first }
        let early = StoreError.damaged("the leaves before \(held) are gone before their time")
        guard let last = checkpoints.first(where: { $0.tree.size == held }),
            let next = checkpoints.first(where: { $0.tree.size > held }),
            let newest = checkpoints.last,
            last.day.month < next.day.month, Keeping.isOver(last.day.month, in: newest.day.month)
        else { throw early }
        for checkpoint in checkpoints where checkpoint.tree.size <= held {
            try checkSignature(of: checkpoint, tree: checkpoint.tree)
        }
        return last
    }

    /// Holds the store to what was signed before.
    func check(_ signed: VerifiedCheckpoint) throws {
        let size = signed.checkpoint.size
        let newest = try StoredCheckpoint.newest(in: database).tree.size
        guard size <= newest else {
            throw StoreError.behindHighWaterMark(has: newest, signed: size)
        }
        guard try LogReader(database).tree(of: size).root == signed.checkpoint.root else {
            throw StoreError.damaged("the high-water mark is of another log")
        }
    }

    /// What has to be known of the closes before.
    private struct State {
        var previous: StoredCheckpoint
        var directory: InstalledDirectory?
        var acknowledged: [OrganisationID: UInt64] = [:]
    }

    private func walk(to checkpoint: StoredCheckpoint, _ state: inout State) throws {
        let start = state.previous.tree
        var tree = start
        var leaves: [Leaf] = []
        try LogReader(database).leaves(from: start.size, to: checkpoint.tree.size) { _, leaf in
            tree.append(leaf.hash)
            leaves.append(leaf)
        }
        try checkSignature(of: checkpoint, tree: tree)
        try checkDays(of: checkpoint, from: start.size)
        for leaf in leaves where leaf.type == .directory {
            state.directory = try directory(of: leaf)
        }
        let structure = DayStructure(
            day: checkpoint.day,
            previousDay: state.previous.day,
            first: start.size,
            directory: state.directory?.directory
        )
        try structure.check(leaves)
        try checkAcknowledgements(leaves, &state)
        try LeafRules(
            database: database,
            reigns: reigns,
            day: checkpoint.day,
            acknowledged: state.acknowledged
        ).check(leaves, from: start.size)
        state.previous = checkpoint
    }

    private func checkSignature(of checkpoint: StoredCheckpoint, tree: MerkleTree) throws {
        let size = checkpoint.tree.size
        let signed = try logKey.verified(checkpoint.note).checkpoint
        guard signed.size == size, tree.size == size, signed.root == tree.root else {
            throw StoreError.damaged("the leaves up to \(size) do not give the root signed")
        }
        guard checkpoint.tree == tree else {
            throw StoreError.damaged("the subtree roots at \(size) are wrong")
        }
    }

    /// The day is kept beside each leaf too.
    private func checkDays(of checkpoint: StoredCheckpoint, from first: UInt64) throws {
        let other = try Int64.fetchOne(
            database,
            sql: """
                SELECT MIN(position)
                FROM leaf
                WHERE position >= ? AND position < ? AND day <> ?
                """,
            arguments: [first.column, checkpoint.tree.size.column, checkpoint.day.column]
        )
        if let other {
            throw StoreError.damaged("leaf \(other) lies in another day than its close")
        }
    }

    private func directory(of leaf: Leaf) throws -> InstalledDirectory {
        let found = directories.first { $0.digest == leaf.digest }
        guard let found, found.directory.serial == leaf.number else {
            throw StoreError.damaged("directory \(leaf.number ?? 0) is logged but not held")
        }
        return found
    }

    private func checkAcknowledgements(_ leaves: [Leaf], _ state: inout State) throws {
        for leaf in leaves where leaf.type == .acknowledgement {
            guard let organisation = leaf.organisation, let size = leaf.number else { continue }
            let held = try StoredCheckpoint.newest(upTo: size, in: database)
            guard held.tree.size == size, held.note.digest == leaf.digest else {
                throw StoreError.damaged("\(organisation) acknowledges what was never signed")
            }
            guard size > state.acknowledged[organisation, default: 0] else {
                throw StoreError.damaged("the acknowledgement of \(organisation) goes back")
            }
            state.acknowledged[organisation] = size
        }
    }
}
