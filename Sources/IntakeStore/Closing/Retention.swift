import GRDB
import SealedIntake

/// Which objects are over at the close of a day.
///
/// An envelope goes 30 days after its organisation acknowledged every leaf that names it, an
/// overdue one for both; a piece with its close; a reply 90 days after its leaf or when it was
/// withdrawn. What nobody acknowledged stays. Fillers go alike: nothing marks them.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
struct Retention {
    let database: Database
    /// For each organisation the size it had acknowledged in the log 30 days ago.
    let settled: [OrganisationID: UInt64]
    /// One behind the last leaf whose reply is over.
    let repliesEnd: UInt64

    /// `day` is that of the newest close.
    init(_ database: Database, day: Day) throws {
        self.database = database
        settled = try Self.settled(in: database, on: day)
        repliesEnd = try LogReader(database).size(days: Keeping.replyDays, before: day)
    }

    /// Whether the envelope of a type 1 or 5 leaf is over.
    func isOver(_ leaf: Leaf, at index: UInt64) throws -> Bool {
        guard isSettled(leaf.organisation, index) else { return false }
        guard leaf.type == .submission else { return true }
        let rows = try Row.fetchAll(
            try database.cachedStatement(sql: Self.overdue),
            arguments: [Blob(leaf.tag), Blob(leaf.digest)]
        )
        return try rows.allSatisfy { isSettled(try $0.organisation(0), $0.index(1)) }
    }

    /// Whether the reply of a type 2 leaf is over: too old, or withdrawn.
    func isReplyOver(at index: UInt64) throws -> Bool {
        guard index >= repliesEnd else { return true }
        let statement = try database.cachedStatement(sql: Self.withdrawn)
        return try Row.fetchOne(statement, arguments: [index.column]) != nil
    }

    private func isSettled(_ organisation: OrganisationID?, _ index: UInt64) -> Bool {
        guard let organisation, let size = settled[organisation] else { return false }
        return index < size
    }

    private static func settled(
        in database: Database,
        on day: Day
    ) throws -> [OrganisationID: UInt64] {
        guard day.number >= Keeping.envelopeDays else { return [:] }
        let last = Day(number: day.number - Keeping.envelopeDays)
        var settled: [OrganisationID: UInt64] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT organisation FROM acknowledgement") {
            let organisation = try row.organisation(0)
            let newest = try Row.fetchOne(
                try database.cachedStatement(sql: acknowledged),
                arguments: [Blob(organisation), last.column]
            )
            guard let newest else { continue }
            settled[organisation] = try newest.number(0)
        }
        return settled
    }

    /// Sizes of one organisation only rise, so that the largest is the newest.
    private static let acknowledged = """
        SELECT tag
        FROM leaf
        WHERE type = 7 AND organisation = ? AND day <= ?
        ORDER BY tag DESC
        LIMIT 1
        """

    private static let overdue = """
        SELECT organisation, position
        FROM leaf
        WHERE type = 4 AND tag = ? AND digest = ?
        """

    private static let withdrawn = """
        SELECT 1
        FROM leaf AS reply
        JOIN leaf ON leaf.organisation = reply.organisation AND leaf.tag = reply.tag
        WHERE reply.position = ? AND reply.type = 2 AND leaf.type = 8
        """
}
