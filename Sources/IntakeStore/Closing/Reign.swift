import GRDB
import SealedIntake

/// A stretch of the log in which one directory is in force: from its type 3 leaf to the next.
struct Reign {
    /// The directory.
    let directory: Directory
    /// The index of its type 3 leaf.
    let first: UInt64
    /// One behind its last leaf.
    let end: UInt64

    /// All that the log still holds, in order, up to a size.
    /// - Throws: ``StoreError/damaged(_:)`` when a directory that was logged is not held.
    static func all(in database: Database, upTo size: UInt64) throws -> [Reign] {
        let rows = try Row.fetchAll(database, sql: query, arguments: [size.column])
        let installed = try InstalledDirectory.all(in: database)
        let known = Dictionary(installed.map { ($0.digest.bytes, $0.directory) }) { first, _ in
            first
        }
        return try rows.enumerated().map { place, row in
            guard let directory = known[row.bytes(1)] else {
                throw StoreError.damaged(.directoryMissing(try row.number(2)))
            }
            let next = place + 1 < rows.count ? rows[place + 1].index(0) : size
            return Reign(directory: directory, first: row.index(0), end: next)
        }
    }

    private static let query = """
        SELECT position, digest, tag
        FROM leaf
        WHERE type = 3 AND position < ?
        ORDER BY position
        """
}
