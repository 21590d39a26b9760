import GRDB
import SealedIntake

/// Puts right what turned over in the rows of directories, when a store is opened.
///
/// A text is held to its digest, and one wrong bit of it turned back; where it is the digest or the
/// serial that is wrong, the log says so. What cannot be put right stays as it is, and is named by
/// whoever needs it.
struct DirectoryMending {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Whether something is to be put right; nearly always nothing is.
    func isNeeded() throws -> Bool {
        try rows().contains { (try? InstalledDirectory(row: $0)) == nil }
    }

    /// Puts right what can be.
    func run() throws {
        for row in try rows() where (try? InstalledDirectory(row: row)) == nil {
            guard let note = try whole(row), let text = try? Directory(text: note.text) else {
                continue
            }
            try database.execute(
                sql:
                    "UPDATE OR IGNORE directory SET serial = ?, digest = ?, note = ? WHERE serial = ?",
                arguments: [text.serial.column, Blob(note.digest), Blob(note.bytes), row[2]]
            )
        }
    }

    private func rows() throws -> [Row] {
        try Row.fetchAll(database, sql: "SELECT \(InstalledDirectory.columns) FROM directory")
    }

    private func whole(_ row: Row) throws -> SignedNote? {
        guard let digest = Digest(bytes: row.bytes(1)) else { return nil }
        guard let note = try? SignedNote(bytes: row.bytes(0)) else { return nil }
        if try isLogged(note) || note.digest == digest { return note }
        return digest.restoring(note.text).map {
            SignedNote(text: $0, signatures: note.signatures)
        }
    }

    /// Whether the log has the directory under its own serial.
    private func isLogged(_ note: SignedNote) throws -> Bool {
        guard let serial = try? Directory(text: note.text).serial else { return false }
        let query = "SELECT tag FROM leaf WHERE type = 3 AND digest = ?"
        return try Row.fetchAll(database, sql: query, arguments: [Blob(note.digest)])
            .contains { try $0.number(0) == serial }
    }
}
