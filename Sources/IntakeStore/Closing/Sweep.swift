import GRDB
import SealedIntake

/// Removes what is over; SQLite overwrites it with zeros.
///
/// Replies leave with the transaction that signs a close, since the drop is levelled by it; the rest
/// may take any number of them. It looks only at what was acknowledged since the last time, so that a
/// store with years behind it closes a day as fast as a new one.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
struct Sweep {
    private let database: Database
    private let retention: Retention

    /// Leaves looked at together: a desk that acknowledges a year at once fills no memory.
    private static let stretch = 8192

    /// After the leaves of a day and its checkpoint are written.
    init(_ database: Database, day: Day) throws {
        self.database = database
        retention = try Retention(database, day: day)
    }

    /// All in one transaction: replies, then envelopes and pieces of each organisation.
    func run() throws {
        try removeReplies()
        for organisation in try organisations() {
            for index in try over(organisation) { try Self.remove(index, from: database) }
        }
        try finish()
    }

    /// Replies that are too old; which were withdrawn is removed where that is logged.
    func removeReplies() throws {
        try database.execute(
            sql: "DELETE FROM reply WHERE position < ?",
            arguments: [retention.repliesEnd.column]
        )
        try database.execute(
            sql: """
                DELETE FROM lost
                WHERE position < ?
                    AND (SELECT type FROM leaf WHERE leaf.position = lost.position) = 2
                """,
            arguments: [retention.repliesEnd.column]
        )
    }

    /// Those that acknowledged more than was looked at.
    func organisations() throws -> [OrganisationID] {
        try retention.settled.filter { try $0.value > swept($0.key) }.keys.sorted()
    }

    /// The indexes of envelopes that are over since an organisation acknowledged more.
    func over(_ organisation: OrganisationID) throws -> [UInt64] {
        guard let size = retention.settled[organisation] else { return [] }
        var indexes: Set<UInt64> = []
        for first in stride(from: try swept(organisation), to: size, by: Self.stretch) {
            let end = min(first + UInt64(Self.stretch), size)
            indexes.formUnion(try over(organisation, first..<end))
        }
        return indexes.sorted()
    }

    /// Removes the envelope at an index, or the note that it is lost.
    static func remove(_ index: UInt64, from database: Database) throws {
        for table in ["text_body", "lost"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE position = ?")
                .execute(arguments: [index.column])
        }
    }

    /// After all envelopes: removes pieces, and notes how far was looked.
    func finish() throws {
        for organisation in try organisations() {
            guard let size = retention.settled[organisation] else { continue }
            try removePieces(organisation, upTo: size)
            try note(organisation, size)
        }
    }

    /// The indexes of envelopes that are over since the organisation's leaves in a range are:
    /// its own, and those that its type 4 leaves name.
    private func over(
        _ organisation: OrganisationID,
        _ range: Range<UInt64>
    ) throws -> Set<UInt64> {
        let rows = try Row.fetchAll(
            database,
            sql: Self.named,
            arguments: [range.lowerBound.column, range.upperBound.column, Blob(organisation)]
        )
        var indexes: Set<UInt64> = []
        for row in rows {
            let leaf = try LogReader.leaf(row, at: row.index(0))
            let owners = leaf.type == .overdue ? try submissions(leaf) : [(row.index(0), leaf)]
            for (index, owner) in owners where try retention.isOver(owner, at: index) {
                indexes.insert(index)
            }
        }
        return indexes
    }

    private func submissions(_ overdue: Leaf) throws -> [(UInt64, Leaf)] {
        try Row.fetchAll(
            try database.cachedStatement(sql: Self.submissions),
            arguments: [Blob(overdue.tag), Blob(overdue.digest)]
        ).map { ($0.index(0), try LogReader.leaf($0, at: $0.index(0))) }
    }

    private func removePieces(_ organisation: OrganisationID, upTo size: UInt64) throws {
        let arguments: StatementArguments = [Blob(organisation), size.column]
        try database.execute(
            sql: """
                DELETE FROM piece_body
                WHERE id IN (SELECT body FROM piece WHERE organisation = ? AND closed <= ?)
                """,
            arguments: arguments
        )
        try database.execute(
            sql: "DELETE FROM piece WHERE organisation = ? AND closed <= ?",
            arguments: arguments
        )
    }

    private func swept(_ organisation: OrganisationID) throws -> UInt64 {
        let query = "SELECT swept FROM progress WHERE organisation = ?"
        return try Row.fetchOne(database, sql: query, arguments: [Blob(organisation)])?
            .index(0) ?? 0
    }

    private func note(_ organisation: OrganisationID, _ size: UInt64) throws {
        try database.execute(
            sql: """
                INSERT INTO progress (organisation, overdue, swept)
                VALUES (?1, 0, ?2)
                ON CONFLICT (organisation) DO UPDATE
                SET swept = ?2
                """,
            arguments: [Blob(organisation), size.column]
        )
    }

    private static let named = """
        SELECT position, type, organisation, tag, digest
        FROM leaf NOT INDEXED
        WHERE position >= ? AND position < ? AND organisation = ? AND type IN (1, 4, 5)
        """

    private static let submissions = """
        SELECT position, type, organisation, tag, digest
        FROM leaf
        WHERE type = 1 AND tag = ? AND digest = ?
        """
}
