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

    /// Reads the note in a column of a row.
    init(row: Row, note column: Int) throws {
        let blob: Blob? = row[column]
        guard let note = blob.flatMap({ try? SignedNote(bytes: $0.bytes) }),
            let directory = try? Directory(text: note.text)
        else { throw StoreError.damaged(.directoryUnreadable) }
        self.directory = directory
        self.note = note
    }

    /// The one in force: that of the highest serial.
    static func newest(in database: Database) throws -> InstalledDirectory? {
        let query = "SELECT note FROM directory ORDER BY serial DESC LIMIT 1"
        return try Row.fetchOne(database, sql: query).map {
            try InstalledDirectory(row: $0, note: 0)
        }
    }

    /// All that were ever installed, by serial.
    static func all(in database: Database) throws -> [InstalledDirectory] {
        try Row.fetchAll(database, sql: "SELECT note FROM directory ORDER BY serial")
            .map { try InstalledDirectory(row: $0, note: 0) }
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
