import GRDB
import SealedIntake

/// Erases what closing through a day can, counts it, and takes it back.
///
/// Days between leave envelopes that nobody acknowledged, which keep the leaves of their month: of
/// leaves fewer may go.
struct EraseTrial {
    private let database: Database
    private let last: Day

    /// Inside a transaction that is undone after it.
    init(_ database: Database, through last: Day) {
        self.database = database
        self.last = last
    }

    /// What went.
    func run() throws -> ErasureForecast {
        let before = try counts()
        try logAcknowledgements()
        let waiting = try counts().leaves - before.leaves
        try Sweep(database, day: last).run()
        try Erasure(database, day: last).run()
        let after = try counts()
        return ErasureForecast(
            envelopes: before.envelopes - after.envelopes,
            replies: before.replies - after.replies + (try waitingReplies()),
            leaves: before.leaves + waiting - after.leaves
        )
    }

    /// What desks acknowledged and no close logged yet counts from the day that is open.
    private func logAcknowledgements() throws {
        let open = try House.openDay(in: database)
        // Behind what a close under way wrote too.
        let last = try Int64.fetchOne(database, sql: "SELECT MAX(position) FROM leaf")
        let size = try StoredCheckpoint.newest(in: database).tree.size
        var index = max(size, UInt64(clamping: (last ?? -1) + 1))
        for row in try Row.fetchAll(database, sql: CloseQueries.movedAcknowledgements) {
            guard let note = try? SignedNote(bytes: row.bytes(2)) else { continue }
            let organisation = try row.organisation(0)
            let leaf = Leaf.acknowledgement(organisation, size: row.index(1), digest: note.digest)
            try leaf.insert(into: database, at: index, day: open)
            index += 1
        }
    }

    /// Replies that wait are logged by the first close and may be over by the last.
    private func waitingReplies() throws -> Int {
        let open = try House.openDay(in: database)
        return open.adding(Keeping.replyDays) <= last ? try count("reply_inbox") : 0
    }

    private func counts() throws -> ErasureForecast {
        ErasureForecast(
            envelopes: try count("text_body"),
            replies: try count("reply"),
            leaves: try count("leaf")
        )
    }

    private func count(_ table: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
    }
}
