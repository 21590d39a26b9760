import GRDB

/// Verifies the file itself.
enum FileCheck {
    /// What SQLite itself says of its pages, indexes and references.
    /// - Throws: ``StoreError/damaged(_:)``.
    static func run(_ database: Database) throws {
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
