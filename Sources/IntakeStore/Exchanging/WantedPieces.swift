import GRDB
import SealedIntake

/// The pieces a desk asks for by their digests: always its newest list.
enum WantedPieces {
    /// Puts a list in place of the one before.
    static func replace(
        _ organisation: OrganisationID,
        with digests: [Digest],
        in database: Database
    ) throws {
        try database.execute(
            sql: "DELETE FROM wanted WHERE organisation = ?",
            arguments: [Blob(organisation)]
        )
        for digest in digests {
            try database.cachedStatement(
                sql: "INSERT INTO wanted (organisation, digest) VALUES (?, ?)"
            ).execute(arguments: [Blob(organisation), Blob(digest)])
        }
    }
}
