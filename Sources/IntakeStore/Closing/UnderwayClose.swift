import GRDB
import SealedIntake

/// The row that is there while a close is under way, also one that was killed.
///
/// Leaves behind the newest checkpoint are none yet, and may lie there only while this row says so.
/// As soon as the checkpoint is there the day is closed, and what is left is tidying up.
struct UnderwayClose: Equatable {
    /// How many leaves the log had before this close.
    let size: UInt64
    /// By what day is erased once it is signed.
    let erasing: Day

    /// What is under way; nil mostly.
    static func fetch(from database: Database) throws -> UnderwayClose? {
        let query = "SELECT size, day FROM closing"
        return try Row.fetchOne(database, sql: query)
            .map { UnderwayClose(size: $0.index(0), erasing: $0.day(1)) }
    }

    /// Where the leaves begin that a close under way wrote; else where the log ends.
    static func firstLeaf(in database: Database) throws -> UInt64 {
        try fetch(from: database)?.size ?? StoredCheckpoint.newest(in: database).tree.size
    }

    /// Whether its day is closed, and only tidying up is left.
    func isSigned(in database: Database) throws -> Bool {
        try StoredCheckpoint.newest(in: database).tree.size > size
    }

    /// Whether it is still this one that is under way, with all its leaves up to a size.
    func holds(through end: UInt64, in database: Database) throws -> Bool {
        guard try Self.fetch(from: database) == self else { return false }
        let query = "SELECT COUNT(*), MAX(position) + 1 FROM leaf WHERE position >= ?"
        let row = try Row.fetchOne(database, sql: query, arguments: [size.column])
        guard let row, row.index(0) == end - size else { return false }
        return end == size || row.index(1) == end
    }

    /// Begins.
    func insert(into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO closing (id, size, day) VALUES (1, ?, ?)",
            arguments: [size.column, erasing.column]
        )
    }

    /// Ends: everything is done, or taken back.
    static func remove(from database: Database) throws {
        try database.execute(sql: "DELETE FROM closing")
    }
}
