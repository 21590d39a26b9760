import GRDB
import SealedIntake

/// Verifies the log: roots, signatures and the structure of each close.
struct LogCheck {
    private let database: Database
    private let logKey: LogKey
    private let directories: [InstalledDirectory]

    init(_ database: Database, logKey: LogKey, directories: [InstalledDirectory]) throws {
        self.database = database
        self.logKey = logKey
        self.directories = directories
    }

    /// Walks through all closes whose leaves are held, oldest first.
    func run(_ report: inout CheckReport) throws {
        let checkpoints = try StoredCheckpoint.all(in: database)
        guard let first = checkpoints.first, first.tree.size == 0 else {
            throw StoreError.damaged(.noFirstCheckpoint)
        }
        try checkSignature(of: first, tree: MerkleTree())
        var previous = try erased(checkpoints, first)
        let held = previous.tree.size
        var rules = rules(from: previous.tree)
        for checkpoint in checkpoints where checkpoint.tree.size > held {
            try walk(from: previous.tree, to: checkpoint, &rules)
            previous = checkpoint
        }
        let size = previous.tree.size
        try checkEnd(size, count: size - held)
        guard try House.isClosedThroughWhole(in: database) else {
            throw StoreError.damaged(.closedThrough)
        }
        report.checkpoints = checkpoints.count
        report.leaves = Int(size - held)
    }

    /// Behind the newest checkpoint no leaf lies but those of a close under way.
    private func checkEnd(_ size: UInt64, count: UInt64) throws {
        let isUnderway = try UnderwayClose.fetch(from: database)?.size == size
        let row = try Row.fetchOne(
            database,
            sql: "SELECT COUNT(*), COUNT(*) FILTER (WHERE position < ?) FROM leaf",
            arguments: [size.column]
        )
        guard let row, row.index(1) == count, isUnderway || row.index(0) == count else {
            throw StoreError.damaged(.leafNotSigned(size))
        }
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
        let early = StoreError.damaged(.erasedEarly(held))
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
            throw StoreError.damaged(.otherMark)
        }
    }

    private func rules(from before: MerkleTree) -> LogRules {
        LogRules(
            origin: logKey.signer.name,
            before: before,
            directories: directories.reduce(into: [:]) { $0[$1.digest] = $1.directory }
        )
    }

    private func walk(
        from tree: MerkleTree,
        to checkpoint: StoredCheckpoint,
        _ rules: inout LogRules
    ) throws {
        let run = try LogReader(database).run(after: tree, to: checkpoint.tree.size)
        try checkSignature(of: checkpoint, tree: run.after)
        try checkDays(of: checkpoint, from: run.first)
        try checkAcknowledgements(run)
        do throws(LogRuleError) {
            try rules.take(run.leaves[...], from: run.first, to: run.after)
        } catch {
            throw StoreError.rule(error)
        }
        guard rules.unknownDirectories.isEmpty else {
            let serial = rules.directory?.serial ?? 0
            throw StoreError.damaged(.directoryMissing(serial))
        }
        guard rules.day == checkpoint.day else {
            throw StoreError.damaged(.otherDay(run.end - 1))
        }
    }

    private func checkSignature(of checkpoint: StoredCheckpoint, tree: MerkleTree) throws {
        let size = checkpoint.tree.size
        let signed = try logKey.verified(checkpoint.note).checkpoint
        guard signed.size == size, tree.size == size, signed.root == tree.root else {
            throw StoreError.damaged(.otherRoot(size))
        }
        guard checkpoint.tree == tree else {
            throw StoreError.damaged(.otherSubtrees(size))
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
            throw StoreError.damaged(.otherDay(UInt64(clamping: other)))
        }
    }

    /// Checkpoints stay where leaves were erased, so each acknowledgement is of one.
    private func checkAcknowledgements(_ run: LogRun) throws {
        for (index, leaf) in run.indexed where leaf.type == .acknowledgement {
            guard let organisation = leaf.organisation, let size = leaf.number else { continue }
            let held = try StoredCheckpoint.newest(upTo: size, in: database)
            guard held.tree.size == size, held.note.digest == leaf.digest else {
                throw StoreError.rule(
                    LogRuleError(index, .acknowledgesNothing(organisation, size))
                )
            }
        }
    }
}
