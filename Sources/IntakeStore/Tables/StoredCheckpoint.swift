import GRDB
import SealedIntake

/// A checkpoint as the store keeps it: with the subtree roots from which the log goes on.
struct StoredCheckpoint: Equatable {
    /// The day it closed; of the first, the day before the store was made.
    let day: Day
    /// The tree it signs.
    let tree: MerkleTree
    /// The note with the log's signature.
    let note: SignedNote

    init(day: Day, tree: MerkleTree, note: SignedNote) {
        self.day = day
        self.tree = tree
        self.note = note
    }

    /// Reads a row of ``columns``.
    /// - Throws: ``StoreError/damaged(_:)`` when its parts do not fit.
    init(row: Row) throws {
        let bytes = row.bytes(2)
        let subtrees = stride(from: 0, to: bytes.count, by: Digest.count)
            .compactMap { Digest(bytes: [UInt8](bytes[$0...].prefix(Digest.count))) }
        guard bytes.count % Digest.count == 0,
            let tree = MerkleTree(size: row.index(0), subtrees: subtrees),
            let note = try? SignedNote(bytes: row.bytes(3))
        else { throw StoreError.damaged(.checkpointParts) }
        self.init(day: row.day(1), tree: tree, note: note)
    }

    /// The newest of all.
    static func newest(in database: Database) throws -> StoredCheckpoint {
        let query = "SELECT \(columns) FROM checkpoint ORDER BY size DESC LIMIT 1"
        guard let row = try Row.fetchOne(database, sql: query) else {
            throw StoreError.damaged(.noCheckpoint)
        }
        return try StoredCheckpoint(row: row)
    }

    /// The newest that has at most `size` leaves.
    static func newest(upTo size: UInt64, in database: Database) throws -> StoredCheckpoint {
        let query = """
            SELECT \(columns)
            FROM checkpoint
            WHERE size <= ?
            ORDER BY size DESC
            LIMIT 1
            """
        guard let row = try Row.fetchOne(database, sql: query, arguments: [size.column]) else {
            throw StoreError.damaged(.noCheckpoint)
        }
        return try StoredCheckpoint(row: row)
    }

    /// All of them, oldest first.
    static func all(in database: Database) throws -> [StoredCheckpoint] {
        try Row.fetchAll(database, sql: "SELECT \(columns) FROM checkpoint ORDER BY size")
            .map(StoredCheckpoint.init(row:))
    }

    /// Adds it.
    func insert(into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO checkpoint (size, day, subtrees, note)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [
                tree.size.column, day.column,
                Blob([UInt8](tree.subtrees.map(\.bytes).joined())), Blob(note.bytes),
            ]
        )
    }

    private static let columns = "size, day, subtrees, note"
}
