import GRDB
import SealedIntake

/// How far a desk has the log, and how far it cosigned it.
struct Acknowledgement: Equatable {
    /// Whose.
    let organisation: OrganisationID
    /// How many leaves the desk holds: its next export starts there.
    let have: UInt64
    /// The size it cosigned, which only rises; 0 when it never did.
    let size: UInt64
    /// The cosigned checkpoint of that size.
    let note: SignedNote?

    /// What an organisation's desk last said.
    static func fetch(
        _ organisation: OrganisationID,
        in database: Database
    ) throws -> Acknowledgement? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT have, size, note
                FROM acknowledgement
                WHERE organisation = ?
                """,
            arguments: [Blob(organisation)]
        )
        guard let row else { return nil }
        let noteBytes: Blob? = row[2]
        return Acknowledgement(
            organisation: organisation,
            have: row.index(0),
            size: row.index(1),
            note: noteBytes.flatMap { try? SignedNote(bytes: $0.bytes) }
        )
    }

    /// Stores it; what was logged of it stays.
    func save(in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO acknowledgement (organisation, have, size, logged, note)
                VALUES (?1, ?2, ?3, 0, ?4)
                ON CONFLICT (organisation) DO UPDATE
                SET have = ?2, size = ?3, note = ?4
                """,
            arguments: [
                Blob(organisation), have.column, size.column, (note?.bytes).map { Blob($0) },
            ]
        )
    }
}
