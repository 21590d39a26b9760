import Foundation
import GRDB

extension Store {
    /// Writes a store from before anew, once, as it gave no free page back to the disk.
    ///
    /// False where that is not needed, or the disk has no room for it, or somebody is in the way.
    /// Takes as long as copying it twice; nobody writes meanwhile. `beginning` is called before.
    /// - Throws: ``StoreError/database(_:)``.
    @discardableResult
    public func rewriteIfOld(beginning: () -> Void = {}) throws -> Bool {
        try storing {
            let (found, bytes) = try pool.read { database in
                let number = { (name: String) in
                    try UInt64.fetchOne(database, sql: "PRAGMA \(name)") ?? 0
                }
                return try (number("auto_vacuum"), number("page_count") * number("page_size"))
            }
            // The copy, and SQLite's log of it.
            let hasRoom = FreeSpace.measure(pool.path).map { $0 > 3 * bytes } ?? true
            guard found != DatabaseFile.autoVacuumIncremental, hasRoom else { return false }
            beginning()
            // Beside the store, where the room was measured; SQLite would take another disk's.
            setenv("SQLITE_TMPDIR", URL(filePath: pool.path).deletingLastPathComponent().path, 1)
            defer { unsetenv("SQLITE_TMPDIR") }
            return try pool.writeWithoutTransaction { database in
                do {
                    try database.execute(sql: DatabaseFile.giveBackPages)
                    try database.execute(sql: "VACUUM")
                    try database.checkpoint(.truncate)
                    return true
                } catch let error as DatabaseError
                    where [.SQLITE_BUSY, .SQLITE_FULL, .SQLITE_IOERR].contains(error.resultCode)
                {
                    return false
                }
            }
        }
    }
}
