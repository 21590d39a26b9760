import GRDB

/// The tables of a new vault.
///
/// Row numbers count from 1 within a table; every other value is an encrypted cell of a length
/// that is the same for all rows, or that public data decides.
enum VaultSchema {
    /// Marks the file as ours: "SIVt".
    static let applicationID: Int64 = 0x5349_5674

    /// How far the tables have come, kept as SQLite's `user_version`; 0 in vaults of before it was.
    static let version: Int64 = 1

    /// How far the tables of a vault have come.
    static func version(of database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    /// Makes all tables.
    static func create(in database: Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: header)
        try complete(in: database)
    }

    /// Where the first page of a database says what it is, and what it says where the whole schema
    /// stands in it, as ours does: opening reads the schema first, and pages that lead to pages can
    /// make it as long as anybody likes.
    static let pageKind = (offset: UInt64(100), leaf: UInt8(0x0D))

    /// Whether there is nothing but our tables, as we make them: a view under a table's name can
    /// run for ever.
    static func isOurs(_ database: Database) throws -> Bool {
        let ours = Set([header] + VaultTable.allCases.map(sql))
        let found = try String?.fetchAll(database, sql: "SELECT sql FROM sqlite_schema")
        return found.allSatisfy { $0.map(ours.contains) ?? false }
    }

    /// Makes the tables that are not there: a vault that an older program made lacks the newest.
    static func complete(in database: Database) throws {
        for table in VaultTable.allCases where try !database.tableExists(table.rawValue) {
            try database.execute(sql: sql(of: table))
        }
        if try version(of: database) < version {
            try database.execute(sql: "PRAGMA user_version = \(version)")
        }
    }

    private static let header = """
        CREATE TABLE vault (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            format INTEGER NOT NULL,
            salt BLOB NOT NULL,
            operations INTEGER NOT NULL,
            memory INTEGER NOT NULL,
            master BLOB NOT NULL
        ) STRICT
        """

    private static func sql(of table: VaultTable) -> String {
        let columns = table.columns.map { "\($0.rawValue) BLOB NOT NULL" }
        return """
            CREATE TABLE \(table.rawValue) (
                id INTEGER PRIMARY KEY,
                \(columns.joined(separator: ",\n    "))
            ) STRICT
            """
    }
}
