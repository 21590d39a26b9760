import GRDB
import SealedIntake

/// The submissions of one close with their fillers, in the order of the log.
struct ClosingEntries {
    /// All of them.
    let all: [ClosingSubmission]
    /// How many of them came in.
    let received: Int

    /// Reads what came in through a day.
    init(_ database: Database, through day: Day, _ stock: FillerStock) throws {
        let received = try Self.received(database, through: day)
        var counts: [OrganisationID: Int] = [:]
        for entry in received { counts[entry.organisation, default: 0] += 1 }
        var fillers: [ClosingSubmission] = []
        for organisation in stock.directory?.directory.organisations ?? [] {
            let count = counts[organisation.id, default: 0]
            fillers += stock.fillers(for: organisation, submissions: count).map { filler in
                ClosingSubmission(
                    organisation: organisation.id,
                    tag: filler.tag,
                    digest: filler.envelope.digest,
                    body: .made(filler.envelope.bytes)
                )
            }
        }
        // Two runs that are sorted already: one comparison an entry.
        all = (received + fillers.sorted()).sorted()
        self.received = received.count
    }

    /// How many submissions of a day and before it wait.
    static func count(in database: Database, through day: Day) throws -> Int {
        let query = "SELECT COUNT(*) FROM inbox WHERE class = 1 AND day <= ?"
        return try Int.fetchOne(database, sql: query, arguments: [day.column]) ?? 0
    }

    private static func received(
        _ database: Database,
        through day: Day
    ) throws -> [ClosingSubmission] {
        var received: [ClosingSubmission] = []
        let rows = try Row.fetchCursor(
            database,
            sql: CloseQueries.receivedTexts,
            arguments: [day.column]
        )
        var organisation: OrganisationID?
        while let row = try rows.next() {
            // One array for all of an organisation.
            let next = try row.organisation(0)
            if organisation != next { organisation = next }
            received.append(
                ClosingSubmission(
                    organisation: organisation ?? next,
                    tag: try row.fixed(1),
                    digest: try row.fixed(2),
                    body: .received(row[3])
                )
            )
        }
        return received
    }
}
