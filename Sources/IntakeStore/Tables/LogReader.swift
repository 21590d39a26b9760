import GRDB
import SealedIntake

/// Reads the log out of the store.
struct LogReader {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Hands over each leaf with its index, in order.
    /// - Throws: ``StoreError/damaged(_:)`` at a gap or at a row that is no leaf.
    func leaves(
        from first: UInt64,
        to end: UInt64,
        _ visit: (UInt64, Leaf) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT position, type, organisation, tag, digest
                FROM leaf
                WHERE position >= ? AND position < ?
                ORDER BY position
                """,
            arguments: [first.column, end.column]
        )
        var next = first
        while let row = try rows.next() {
            guard row.index(0) == next else {
                throw StoreError.damaged(.leafMissing(next))
            }
            try visit(next, try Self.leaf(row, at: next))
            next += 1
        }
        guard next == end else { throw StoreError.damaged(.leafMissing(next)) }
    }

    /// The leaves from the end of a tree up to, not with, an index.
    /// - Throws: ``StoreError/damaged(_:)`` at a gap or at a row that is no leaf.
    func run(after before: MerkleTree, to end: UInt64) throws -> LogRun {
        var leaves: [Leaf] = []
        try self.leaves(from: before.size, to: end) { _, leaf in leaves.append(leaf) }
        guard let run = LogRun(before: before, received: leaves) else {
            throw StoreError.damaged(.logTooLong)
        }
        return run
    }

    /// The index of the first leaf that was not erased.
    func firstHeld() throws -> UInt64 {
        let query = "SELECT MIN(position) FROM leaf"
        return UInt64(clamping: try Int64.fetchOne(database, sql: query) ?? 0)
    }

    /// The tree of any size the log had since its first leaf that is held, or at a checkpoint.
    func tree(of size: UInt64) throws -> MerkleTree {
        var tree = try StoredCheckpoint.newest(upTo: size, in: database).tree
        try leaves(from: tree.size, to: size) { _, leaf in tree.append(leaf.hash) }
        return tree
    }

    /// One behind the last leaf that is at least so many days old on a day.
    func size(days: UInt32, before day: Day) throws -> UInt64 {
        guard day.number >= days else { return 0 }
        return try Row.fetchOne(
            try database.cachedStatement(
                sql: "SELECT size FROM checkpoint WHERE day <= ? ORDER BY size DESC LIMIT 1"
            ),
            arguments: [Day(number: day.number - days).column]
        )?.index(0) ?? 0
    }

    /// The leaf in a row of position, type, organisation, tag, digest.
    /// - Throws: ``StoreError/damaged(_:)`` when it is none.
    static func leaf(_ row: Row, at index: UInt64) throws -> Leaf {
        let type = UInt8(clamping: row[1] as Int64)
        var reader = ByteReader([type] + row.bytes(2) + row.bytes(3) + row.bytes(4))
        do throws(LeafError) {
            let leaf = try Leaf(from: &reader)
            guard reader.isAtEnd else { throw LeafError.cut }
            return leaf
        } catch {
            throw StoreError.damaged(.leaf(index, error))
        }
    }
}

extension Leaf {
    /// Writes the leaf of a close of `day` as row `index` of the log.
    func insert(into database: Database, at index: UInt64, day: Day) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO leaf (position, type, organisation, tag, digest, day)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            index.column, Int(type.rawValue), Blob(organisation), Blob(tag), Blob(digest),
            day.column,
        ])
    }
}
