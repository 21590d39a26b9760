import GRDB
import SealedIntake

/// A directory whose root signatures were verified when it was installed.
public struct InstalledDirectory: Equatable, Sendable {
    /// What it says.
    public let directory: Directory
    /// The note.
    public let note: SignedNote

    /// SHA-256 of its text: what a type 3 leaf holds.
    public var digest: Digest { note.digest }

    init(_ verified: VerifiedDirectory) {
        directory = verified.directory
        note = verified.note
    }

    /// Reads a row of ``columns``, or of others in that order.
    /// - Throws: ``StoreError/damaged(_:)`` where the note is not the one whose digest stands in
    ///   the row.
    init(row: Row) throws {
        guard let note = try? SignedNote(bytes: row.bytes(0)), note.digest.bytes == row.bytes(1),
            let directory = try? Directory(text: note.text), directory.serial == row.index(2)
        else { throw StoreError.damaged(.directoryChanged(row.index(2))) }
        self.directory = directory
        self.note = note
    }

    /// The note, its digest and its serial.
    static let columns = "note, digest, serial"

    /// The one in force: that of the highest serial.
    static func newest(in database: Database) throws -> InstalledDirectory? {
        let query = "SELECT \(columns) FROM directory ORDER BY serial DESC LIMIT 1"
        return try Row.fetchOne(database, sql: query).map(InstalledDirectory.init(row:))
    }

    /// All that were ever installed, by serial.
    static func all(in database: Database) throws -> [InstalledDirectory] {
        try Row.fetchAll(database, sql: "SELECT \(columns) FROM directory ORDER BY serial")
            .map(InstalledDirectory.init(row:))
    }

    /// Stores it; another copy of the same text takes its place.
    func insert(into database: Database) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO directory (serial, digest, note)
                VALUES (?, ?, ?)
                """,
            arguments: [directory.serial.column, Blob(digest), Blob(note.bytes)]
        )
    }
}
