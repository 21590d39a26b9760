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
        var known: [Blob: Directory] = [:]
        return try rows.enumerated().map { place, row in
            let digest = Blob(row.bytes(1))
            guard let directory = try known[digest] ?? self.directory(row) else {
                throw StoreError.damaged(.directoryMissing(try row.number(3)))
            }
            known[digest] = directory
            let next = place + 1 < rows.count ? rows[place + 1].index(0) : size
            return Reign(directory: directory, first: row.index(0), end: next)
        }
    }

    private static func directory(_ row: Row) throws -> Directory? {
        let note: Blob? = row[2]
        return try note == nil ? nil : InstalledDirectory(row: row, note: 2).directory
    }

    private static let query = """
        SELECT leaf.position, leaf.digest, directory.note, leaf.tag
        FROM leaf
        LEFT JOIN directory ON directory.digest = leaf.digest
        WHERE leaf.type = 3 AND leaf.position < ?
        ORDER BY leaf.position
        """
}
