import GRDB
import SealedIntake

/// Where an in-bundle ends, so that it fits into one file of a stick: FAT ends at 4 GiB.
struct ExportEnd {
    let database: Database
    let organisation: OrganisationID
    let start: UInt64

    /// Signatures, the manifest and the tree before, at the most.
    private static let head: UInt64 = 1 << 20
    private static let leafRow: UInt64 = 65 + 4
    private static let pieceRow: UInt64 = 32 + 4

    /// The newest checkpoint up to which all fits into so many bytes.
    /// - Throws: ``StoreError/closeTooLarge(_:)`` where the first close alone does not.
    func checkpoint(fitting most: UInt64) throws -> StoredCheckpoint {
        let newest = try StoredCheckpoint.newest(in: database)
        guard try bytes(upTo: newest.tree.size) > most else { return newest }
        // The bytes grow with every close.
        var (fits, tooMany) = (start, newest.tree.size)
        while let between = try middle(fits, tooMany) {
            if try bytes(upTo: between) > most { tooMany = between } else { fits = between }
        }
        guard fits > start else { throw StoreError.closeTooLarge(try bytes(upTo: tooMany)) }
        return try StoredCheckpoint.newest(upTo: fits, in: database)
    }

    /// The checkpoint in the middle of those strictly between two sizes; nil where there is none.
    private func middle(_ low: UInt64, _ high: UInt64) throws -> UInt64? {
        let query = """
            SELECT size FROM checkpoint WHERE size > ?1 AND size < ?2 ORDER BY size
            LIMIT 1
            OFFSET (SELECT COUNT(*) / 2 FROM checkpoint WHERE size > ?1 AND size < ?2)
            """
        let row = try Row.fetchOne(database, sql: query, arguments: [low.column, high.column])
        return row?.index(0)
    }

    /// At most so many bytes has the bundle that ends there.
    private func bytes(upTo size: UInt64) throws -> UInt64 {
        let arguments: StatementArguments = [Blob(organisation), start.column, size.column]
        guard let row = try Row.fetchOne(database, sql: Self.query, arguments: arguments) else {
            return 0
        }
        let envelopes = row.index(0) * UInt64(EnvelopeClass.text.size)
        let pieces = row.index(1) * (UInt64(EnvelopeClass.piece.size) + Self.pieceRow)
        let directories = row.index(2) * UInt64(SignedNote.longest)
        return Self.head + (size - start) * Self.leafRow + envelopes + pieces + directories
    }

    private static let query = """
        SELECT
            (SELECT COUNT(*) FROM leaf
            WHERE position >= ?2 AND position < ?3 AND organisation = ?1 AND type IN (1, 4, 5)),
            (SELECT COUNT(*) FROM piece WHERE organisation = ?1 AND closed > ?2 AND closed <= ?3)
                + (SELECT COUNT(*) FROM wanted JOIN piece ON piece.digest = wanted.digest
                WHERE wanted.organisation = ?1),
            (SELECT COUNT(*) FROM leaf WHERE position >= ?2 AND position < ?3 AND type = 3)
        """
}
