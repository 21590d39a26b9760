import GRDB
import IntakeConsole
import SealedIntake

@testable import IntakeDesk
@testable import IntakeStore

extension Town {
    /// All that a desk's people see.
    func state(of id: OrganisationID) throws -> [String] {
        let desk = try world.desk(id)
        let threads = try desk.threads().map { summary in
            let view = try desk.thread(summary.thread)
            return "\(view.summary) \(view.messages) \(view.replies) \(view.transferred)"
        }
        return threads + [
            "\(try desk.unreadable())", "\(try desk.newestSize)",
            "\(try desk.alarms(today: world.today))", "\(try desk.missing())",
            "\(try desk.waitingElsewhere())",
        ]
    }

    /// The messages in a desk's threads that stay whatever comes: a release is refused once what it
    /// names comes and does not open.
    func messages(at id: OrganisationID) throws -> [String] {
        let desk = try world.desk(id)
        return try desk.threads().flatMap { summary in
            try desk.thread(summary.thread).messages
                .filter { $0.message.release == nil || $0.opened != nil }
                .map { "\(summary.thread) \($0.day) \($0.source) \($0.message)" }
        }
    }

    /// All that the server holds of what desks brought.
    func storeState() throws -> [String] {
        let tables = [
            "acknowledgement", "reply_inbox", "transfer_inbox", "withdrawal_inbox", "wanted",
            "ahead", "reply",
        ]
        return try world.store.pool.read { database in
            try tables.flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { row in
                    row.databaseValues.map { value in
                        Blob.fromDatabaseValue(value).map { String(utf8: Digest(of: $0.bytes).hex) }
                            ?? "\(value)"
                    }.joined(separator: " ")
                }.sorted()
            }
        }
    }
}
