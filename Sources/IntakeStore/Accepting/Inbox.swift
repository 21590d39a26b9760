import GRDB
import SealedIntake

/// The submissions that no close has taken yet, inside one transaction.
struct Inbox {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// What is known under a submission's tag, before and after its close.
    ///
    /// After a recovery two envelopes may stand under one tag: either is known.
    func known(_ incoming: Incoming) throws -> Acceptance? {
        let statement = try database.cachedStatement(sql: Self.lookUp)
        let arguments: StatementArguments = [Blob(incoming.organisation), Blob(incoming.tag)]
        let rows = try Row.fetchAll(statement, arguments: arguments)
        let same = rows.first { $0.bytes(0) == incoming.digest.bytes }
        return same.map { .known($0.day(1)) } ?? (rows.isEmpty ? nil : .conflict)
    }

    /// Stores a submission whose tag is not known; `day` is the day it came, `id` tells nothing.
    func store(_ incoming: Incoming, day: Day, id: Int64) throws {
        try database.cachedStatement(sql: Self.addBody)
            .execute(arguments: [id, Blob(incoming.submission.envelope.bytes)])
        try database.cachedStatement(sql: Self.add).execute(arguments: [
            Blob(incoming.organisation),
            Blob(incoming.tag),
            Int(incoming.envelopeClass.rawValue),
            day.column,
            Blob(incoming.digest),
            id,
        ])
    }

    /// Writes as many bytes as a submission of the class would, and keeps none of them: so that
    /// a cover takes as long as a report.
    func forget(_ incoming: Incoming) throws {
        try database.cachedStatement(sql: Self.addCover).execute(arguments: [
            Int(incoming.envelopeClass.rawValue),
            incoming.byteCount,
        ])
    }

    private static let lookUp = """
        SELECT digest, day
        FROM inbox
        WHERE organisation = ?1 AND tag = ?2
        UNION ALL
        SELECT digest, day
        FROM leaf
        WHERE type = 1 AND organisation = ?1 AND tag = ?2
        UNION ALL
        SELECT digest, day
        FROM piece
        WHERE organisation = ?1 AND tag = ?2
        """

    private static let addBody = """
        INSERT INTO inbox_body (id, body)
        VALUES (?, ?)
        """

    private static let add = """
        INSERT INTO inbox (organisation, tag, class, day, digest, body)
        VALUES (?, ?, ?, ?, ?, ?)
        """

    private static let addCover = """
        INSERT OR REPLACE INTO cover (class, zeros)
        VALUES (?, ZEROBLOB(?))
        """
}
