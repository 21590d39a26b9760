import GRDB
import SealedIntake

/// A month in which days were closed, as the bytes of its file.
struct PublishedMonth: Sendable {
    let month: Month
    /// The whole file; of an erased month header and roots.
    let bytes: [UInt8]
    /// The tree before its first leaf.
    let before: MerkleTree
    /// The tree after its last leaf.
    let after: MerkleTree
    /// Whether the leaves were erased.
    let isErased: Bool

    /// All months in which days were closed, in order; those of `known` that did not change are
    /// taken from there, so that a close reads its own leaves and not the whole log.
    static func all(
        in database: Database,
        known: [PublishedMonth] = []
    ) throws -> [PublishedMonth] {
        let first = try LogReader(database).firstHeld()
        var months: [PublishedMonth] = []
        var before = MerkleTree()
        for (place, end) in try ends(in: database).enumerated() {
            let last = place < known.count && known[place].month == end.month ? known[place] : nil
            let isErased = end.size <= first
            if let last, last.after.size == end.size, last.isErased == isErased {
                months.append(last)
            } else {
                let after = try StoredCheckpoint.newest(upTo: end.size, in: database).tree
                let start = isErased ? LogRun(before: before, leaves: []).monthFile : nil
                months.append(
                    PublishedMonth(
                        month: end.month,
                        bytes: try start
                            ?? bytes(from: before, to: end.size, known: last, in: database),
                        before: before,
                        after: after,
                        isErased: isErased
                    )
                )
            }
            before = months.last?.after ?? before
        }
        return months
    }

    /// Where each month ends: at its newest checkpoint.
    private static func ends(in database: Database) throws -> [(month: Month, size: UInt64)] {
        let query = "SELECT day, size FROM checkpoint WHERE size > 0 ORDER BY size"
        var ends: [(month: Month, size: UInt64)] = []
        let rows = try Row.fetchCursor(database, sql: query)
        while let row = try rows.next() {
            let month = row.day(0).month
            if ends.last?.month == month { ends.removeLast() }
            ends.append((month, row.index(1)))
        }
        return ends
    }

    /// The file of a month that has leaves; it goes on where what is known of it ends.
    private static func bytes(
        from before: MerkleTree,
        to end: UInt64,
        known: PublishedMonth?,
        in database: Database
    ) throws -> [UInt8] {
        guard let known, !known.isErased, known.before == before, known.after.size <= end else {
            let head = LogRun(before: before, leaves: []).monthFile
            return head + (try leafBytes(from: before.size, to: end, in: database))
        }
        return known.bytes + (try leafBytes(from: known.after.size, to: end, in: database))
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
