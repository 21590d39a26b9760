import GRDB

/// The tables of a new vault.
///
/// Row numbers count from 1 within a table; every other value is an encrypted cell of a length
/// that is the same for all rows, or that public data decides.
enum VaultSchema {
    /// Marks the file as ours: "SIVt".
    static let applicationID: Int64 = 0x5349_5674

    /// Makes all tables.
    static func create(in database: Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(
            sql: """
                CREATE TABLE vault (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    format INTEGER NOT NULL,
                    salt BLOB NOT NULL,
                    operations INTEGER NOT NULL,
                    memory INTEGER NOT NULL,
                    master BLOB NOT NULL
                ) STRICT
                """
        )
        try complete(in: database)
    }

    /// Makes the tables that are not there: a vault that an older program made lacks the newest.
    static func complete(in database: Database) throws {
        for table in VaultTable.allCases where try !database.tableExists(table.rawValue) {
            let columns = table.columns.map { "\($0.rawValue) BLOB NOT NULL" }
            try database.execute(
                sql: """
                    CREATE TABLE \(table.rawValue) (
                        id INTEGER PRIMARY KEY,
                        \(columns.joined(separator: ",\n    "))
                    ) STRICT
                    """
            )
        }
    }
}
