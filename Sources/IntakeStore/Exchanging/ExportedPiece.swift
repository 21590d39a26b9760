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
            let digest: Digest = try row.fixed(0)
            let held = try bytes(row[1], digest, in: database)
            return ExportedPiece(
                row: InBundle.PieceRow(digest: digest, size: UInt32(held?.count ?? 0)),
                body: row[1]
            )
        }
    }

    /// Its body; nil where it is gone, or another than the one that came.
    func bytes(in database: Database) throws -> [UInt8]? {
        try Self.bytes(body, row.digest, in: database)
    }

    private static func bytes(
        _ body: Int64,
        _ digest: Digest,
        in database: Database
    ) throws -> [UInt8]? {
        let query = "SELECT body FROM piece_body WHERE id = ?"
        let statement = try database.cachedStatement(sql: query)
        let bytes = try Blob.fetchOne(statement, arguments: [body])?.bytes
        return bytes.flatMap { Digest(native: $0) == digest ? $0 : nil }
    }

    private static let query = """
        SELECT piece.digest, MIN(piece.body)
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
        GROUP BY piece.digest
        ORDER BY piece.digest
        """
}
