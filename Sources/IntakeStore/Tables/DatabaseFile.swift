import GRDB
import IntakeConsole

/// Opens the one SQLite file so that what is committed is on the disk.
enum DatabaseFile {
    /// What `PRAGMA synchronous` answers for FULL.
    static let synchronousFull = 2
    /// What `PRAGMA auto_vacuum` answers for INCREMENTAL.
    static let autoVacuumIncremental = 2
    static let giveBackPages = "PRAGMA auto_vacuum = INCREMENTAL"

    /// Opens the file, which is made when it is missing, and brings its tables up to date.
    static func open(_ path: String) throws -> DatabasePool {
        try PlainFile.checkDatabase(path)
        try refuseNewer(path)
        let pool = try DatabasePool(path: path, configuration: configuration)
        try makeDurable(pool)
        try Schema.migrator.migrate(pool)
        return pool
    }

    /// Looks before a pool is opened: GRDB writes into the file to switch it to WAL.
    private static func refuseNewer(_ path: String) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read(Schema.check)
        try queue.close()
    }

    /// Sets `synchronous=FULL` on the writer and makes sure of it.
    ///
    /// This must come after opening: GRDB sets NORMAL when it switches to WAL.
    private static func makeDurable(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            let found = try Int.fetchOne(database, sql: "PRAGMA synchronous")
            guard found == synchronousFull else {
                throw StoreError.database("synchronous is not FULL, commits would not be durable")
            }
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(60)
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { database in
            // A new file, before its first table.
            if try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 {
                try database.execute(sql: giveBackPages)
            }
            try database.execute(sql: "PRAGMA secure_delete = ON")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
        }
        return configuration
    }
}
