import GRDB
import SealedIntake

/// A month that has leaves, as the bytes of its file.
struct PublishedMonth: Sendable {
    let month: Month
    /// The whole file.
    let bytes: [UInt8]
    /// The tree after its last leaf.
    let after: MerkleTree

    /// All months that have leaves, in order.
    static func all(in database: Database) throws -> [PublishedMonth] {
        let checkpoints = try StoredCheckpoint.all(in: database)
        var months: [PublishedMonth] = []
        var before = MerkleTree()
        var ends: [(month: Month, tree: MerkleTree)] = []
        for checkpoint in checkpoints where checkpoint.tree.size > 0 {
            let month = checkpoint.day.month
            if ends.last?.month == month { ends.removeLast() }
            ends.append((month, checkpoint.tree))
        }
        for end in ends {
            let file = MonthFile(before: before, leaves: []).bytes
            let leaves = try leafBytes(from: before.size, to: end.tree.size, in: database)
            months.append(
                PublishedMonth(month: end.month, bytes: file + leaves, after: end.tree)
            )
            before = end.tree
        }
        return months
    }

    private static func leafBytes(
        from first: UInt64,
        to end: UInt64,
        in database: Database
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(end - first) * Leaf.count)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT type, organisation, tag, digest
                FROM leaf
                WHERE position >= ? AND position < ?
                ORDER BY position
                """,
            arguments: [first.column, end.column]
        )
        while let row = try rows.next() {
            bytes.append(UInt8(truncatingIfNeeded: row[0] as Int64))
            bytes += row.bytes(1) + row.bytes(2) + row.bytes(3)
        }
        return bytes
    }
}
