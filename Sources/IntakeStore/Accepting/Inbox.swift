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
            .execute(arguments: [id, Blob(incoming.body)])
        try database.cachedStatement(sql: Self.add).execute(arguments: [
            Blob(incoming.organisation),
            Blob(incoming.tag),
            Int(incoming.envelopeClass.rawValue),
            day.column,
            Blob(incoming.digest),
            id,
        ])
    }

    /// Takes a cover out again that was stored in this transaction like a report: so that it takes
    /// as long, writes as much, and leaves nothing.
    func forget(_ cover: Incoming, id: Int64) throws {
        try database.cachedStatement(sql: Self.removeBody).execute(arguments: [id])
        try database.cachedStatement(sql: Self.remove)
            .execute(arguments: [Blob(cover.organisation), Blob(cover.tag)])
    }

    /// How many texts of each organisation wait for their close.
    static func waitingTexts(in database: Database) throws -> [OrganisationID: Int] {
        var counts: [OrganisationID: Int] = [:]
        for row in try Row.fetchAll(database, sql: waiting) {
            counts[try row.organisation(0)] = row[1]
        }
        return counts
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

    private static let removeBody = """
        DELETE FROM inbox_body
        WHERE id = ?
        """

    private static let remove = """
        DELETE FROM inbox
        WHERE organisation = ? AND tag = ?
        """

    private static let waiting = """
        SELECT organisation, COUNT(*)
        FROM inbox
        WHERE class = 1
        GROUP BY organisation
        """
}
