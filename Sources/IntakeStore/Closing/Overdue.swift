import GRDB
import SealedIntake

/// What its organisation did not pick up in time, and to whom it is due.
///
/// An envelope is overdue at the close of a day when no type 7 leaf of its organisation covers
/// it so many days after its own day as the directory in force at its leaf says. It is due
/// once, to the escalation organisation of that directory, while today's directory lists that one.
/// - SeeAlso: `docs/spec/protocol.md`, section 10.
struct Overdue {
    private let database: Database
    private let day: Day
    private let listed: Set<OrganisationID>

    /// `directory` is that of today.
    init(_ database: Database, day: Day, directory: Directory?) {
        self.database = database
        self.day = day
        listed = Set((directory?.organisations ?? []).map(\.id))
    }

    /// The type 4 leaves of this close, sorted; notes how far nothing can become due any more.
    ///
    /// `size` is the end of the leaves looked at: those of earlier closes.
    func take(upTo size: UInt64) throws -> [Leaf] {
        let reigns = try Reign.all(in: database, upTo: size)
        let organisations = Set(reigns.flatMap { $0.directory.organisations.map(\.id) })
        var leaves: Set<Leaf> = []
        for organisation in organisations { leaves.formUnion(try take(organisation, reigns)) }
        return leaves.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    /// Walks through the reigns in order, from where nothing can become due any more.
    private func take(_ organisation: OrganisationID, _ reigns: [Reign]) throws -> [Leaf] {
        let start = try max(cosigned(organisation), settled(organisation))
        var settled = max(start, reigns.first?.first ?? start)
        var found: [Leaf] = []
        for reign in reigns where reign.end > start {
            let escalation = reign.directory.organisation(organisation)?.escalation
            let due = try escalation.map {
                try LogReader(database).size(days: $0.days, before: day)
            }
            let end = min(reign.end, due ?? reign.end)
            let first = max(reign.first, start)
            let isGapless = settled >= first
            guard let escalation, first < end else {
                if isGapless { settled = max(settled, end) }
                continue
            }
            let leaves = try unlogged(organisation, first..<end, for: escalation.organisation)
            let isListed = listed.contains(escalation.organisation)
            if isListed { found += leaves }
            if isGapless, isListed || leaves.isEmpty { settled = max(settled, end) }
        }
        if settled > start { try settle(organisation, settled) }
        return found
    }

    /// How far the log says that the organisation acknowledged it, this close counted: whoever holds
    /// the log to what was due knows no more.
    private func cosigned(_ organisation: OrganisationID) throws -> UInt64 {
        let query = "SELECT logged FROM acknowledgement WHERE organisation = ?"
        return try Row.fetchOne(database, sql: query, arguments: [Blob(organisation)])?
            .index(0) ?? 0
    }

    private func unlogged(
        _ organisation: OrganisationID,
        _ range: Range<UInt64>,
        for escalation: OrganisationID
    ) throws -> [Leaf] {
        try Row.fetchAll(
            database,
            sql: Self.unlogged,
            arguments: [
                range.lowerBound.column, range.upperBound.column, Blob(organisation),
                Blob(escalation),
            ]
        ).map { row in .overdue(escalation, try row.fixed(0), try row.fixed(1)) }
    }

    private func settled(_ organisation: OrganisationID) throws -> UInt64 {
        let query = "SELECT overdue FROM progress WHERE organisation = ?"
        return try Row.fetchOne(database, sql: query, arguments: [Blob(organisation)])?
            .index(0) ?? 0
    }

    private func settle(_ organisation: OrganisationID, _ size: UInt64) throws {
        try database.execute(
            sql: """
                INSERT INTO progress (organisation, overdue, swept)
                VALUES (?1, ?2, 0)
                ON CONFLICT (organisation) DO UPDATE
                SET overdue = ?2
                """,
            arguments: [Blob(organisation), size.column]
        )
    }

    private static let unlogged = """
        SELECT tag, digest
        FROM leaf NOT INDEXED
        WHERE position >= ?1 AND position < ?2 AND type = 1 AND organisation = ?3
            AND NOT EXISTS (
                SELECT 1
                FROM leaf AS late
                WHERE late.type = 4 AND late.tag = leaf.tag AND late.organisation = ?4
                    AND late.digest = leaf.digest
            )
        """
}
