import GRDB
import SealedIntake

extension Store {
    /// Verifies the whole store: the file, every leaf, root, signature, object hash and size, the
    /// structure of each day, what waits, and the high-water mark.
    /// - Throws: ``StoreError/damaged(_:)`` with the first lie, or what the mark says.
    public func check(
        logKey: LogKey,
        roots: Roots?,
        mark: HighWaterMark
    ) throws -> CheckReport {
        try check(logKey)
        let signed = try mark.read(logKey: logKey)
        return try storing {
            try pool.read { database in
                var report = CheckReport()
                try Self.checkFile(database)
                let directories = try DirectoryCheck(database, deployment: deployment)
                report.objects += try directories.run(roots: roots)
                let log = try LogCheck(
                    database,
                    logKey: logKey,
                    directories: directories.installed
                )
                try log.run(&report)
                try log.check(signed)
                try Ahead.check(database)
                try ObjectCheck(database).run(&report)
                try InboxCheck(database).run(&report)
                return report
            }
        }
    }

    /// What SQLite itself says of its pages, indexes and references.
    private static func checkFile(_ database: Database) throws {
        let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
        guard verdict == "ok" else {
            throw StoreError.damaged(.file(verdict ?? "no answer"))
        }
        let orphan = try Row.fetchOne(database, sql: "PRAGMA foreign_key_check")
        guard orphan == nil else {
            throw StoreError.damaged(.strayObject)
        }
    }
}
