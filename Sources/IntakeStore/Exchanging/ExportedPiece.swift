import GRDB
import SealedIntake

/// A piece that travels to a desk, and where its body lies.
struct ExportedPiece {
    /// Its digest and size.
    let row: InBundle.PieceRow
    /// The row of its body.
    let body: Int64

    /// The pieces of an organisation's closes in a range, and those held that its desk asked for,
    /// whosever they are; each digest once.
    static func all(
        for organisation: OrganisationID,
        after first: UInt64,
        upTo end: UInt64,
        in database: Database
    ) throws -> [ExportedPiece] {
        let rows = try Row.fetchAll(
            database,
            sql: query,
            arguments: [Blob(organisation), first.column, end.column]
        )
        return try rows.map { row in
            let length: Int64? = row[2]
            return ExportedPiece(
                row: InBundle.PieceRow(
                    digest: try row.fixed(0),
                    size: UInt32(clamping: length ?? 0)
                ),
                body: row[1]
            )
        }
    }

    private static let query = """
        SELECT piece.digest, MIN(piece.body), LENGTH(piece_body.body)
        FROM (
            SELECT digest, body
            FROM piece
            WHERE organisation = ?1 AND closed > ?2 AND closed <= ?3
            UNION
            SELECT piece.digest, piece.body
            FROM wanted
            JOIN piece ON piece.digest = wanted.digest
            WHERE wanted.organisation = ?1
        ) AS piece
        LEFT JOIN piece_body ON piece_body.id = piece.body
        GROUP BY piece.digest
        ORDER BY piece.digest
        """
}
