import GRDB
import SealedIntake

/// The one row that says whose store this is and how far it got.
struct House: Equatable {
    /// The deployment's host name.
    let deployment: [UInt8]
    /// The vkey of the log.
    let logKey: [UInt8]
    /// Rises whenever something that is public changes.
    let generation: Int64
    /// The newest day that was closed for good.
    let closedThrough: Day
    /// Random bytes that name the state of the drop: others whenever something may have left it.
    let dropState: [UInt8]

    /// Reads the row.
    /// - Throws: ``StoreError/damaged(_:)`` when there is none.
    static func fetch(from database: Database) throws -> House {
        guard let row = try Row.fetchOne(database, sql: query) else {
            throw StoreError.damaged(.house)
        }
        return House(
            deployment: row.bytes(0),
            logKey: row.bytes(1),
            generation: row[2],
            closedThrough: row.day(3),
            dropState: row.bytes(4)
        )
    }

    /// Writes the row of a new store.
    func insert(into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO house
                    (id, deployment, log_key, generation, closed_through, drop_seed)
                VALUES (1, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Blob(deployment), Blob(logKey), generation, closedThrough.column, Blob(dropState),
            ]
        )
    }

    /// The oldest day that is still open.
    ///
    /// A day closed last is closed for good, or open still: where the row says neither, it is not
    /// what was written, and that day is taken to be open.
    static func openDay(in database: Database) throws -> Day {
        let (closed, newest) = try closedDays(in: database)
        return Self.fits(closed, newest) ? closed.adding(1) : newest
    }

    /// Whether the day closed for good fits the newest checkpoint.
    static func isClosedThroughWhole(in database: Database) throws -> Bool {
        let (closed, newest) = try closedDays(in: database)
        return Self.fits(closed, newest)
    }

    private static func fits(_ closed: Day, _ newest: Day) -> Bool {
        newest == closed || newest == closed.adding(1)
    }

    private static func closedDays(in database: Database) throws -> (Day, newest: Day) {
        let query = """
            SELECT closed_through, (SELECT day FROM checkpoint ORDER BY size DESC LIMIT 1)
            FROM house
            """
        guard let row = try Row.fetchOne(try database.cachedStatement(sql: query)),
            !row.hasNull(atIndex: 1)
        else { throw StoreError.damaged(.house) }
        return (row.day(0), row.day(1))
    }

    /// Says to every process that something public changed.
    static func raiseGeneration(in database: Database) throws {
        try database.execute(sql: "UPDATE house SET generation = generation + 1")
    }

    /// Gives the state of the drop another name, and says to every process that something public
    /// changed.
    static func renewDrop(in database: Database) throws {
        try database.execute(
            sql: "UPDATE house SET drop_seed = ?",
            arguments: [Blob(Tag.random().bytes + Tag.random().bytes)]
        )
        try raiseGeneration(in: database)
    }

    private static let query = """
        SELECT deployment, log_key, generation, closed_through, drop_seed
        FROM house
        """
}
