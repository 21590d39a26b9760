import GRDB
import SealedIntake

/// The submissions that no close has taken yet, inside one transaction.
struct Inbox {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// What is known under a submission's tag, before and after its close.
    func known(_ incoming: Incoming) throws -> Acceptance? {
        let statement = try database.cachedStatement(sql: Self.lookUp)
        let arguments: StatementArguments = [Blob(incoming.organisation), Blob(incoming.tag)]
        guard let row = try Row.fetchOne(statement, arguments: arguments) else { return nil }
        let isSame = row.bytes(0) == incoming.digest.bytes
        return isSame ? .known(row.day(1)) : .conflict
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
        LIMIT 1
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
