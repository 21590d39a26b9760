import GRDB
import SealedIntake

/// What desks brought, and what they left lying, on its way into the log.
extension DayClose {
    /// Type 2: replies enter the drop here and not before.
    mutating func appendReplies() throws {
        let rows = try Row.fetchAll(database, sql: CloseQueries.waitingReplies)
        for row in rows {
            let organisation = try row.organisation(0)
            let tag: Tag = try row.fixed(1)
            let position = try append(.reply(organisation, tag, try row.fixed(2)))
            try database.cachedStatement(sql: CloseQueries.moveReply)
                .execute(arguments: [position, Blob(organisation), Blob(tag)])
            closed.replies += 1
        }
        try database.execute(sql: "DELETE FROM reply_inbox")
    }

    /// Type 8, also for a reply of this very close: it leaves the drop here.
    mutating func appendWithdrawals() throws {
        let rows = try Row.fetchAll(database, sql: CloseQueries.waitingWithdrawals)
        for row in rows {
            let leaf = Leaf.withdrawal(
                try row.organisation(0),
                try row.fixed(1),
                try row.fixed(2)
            )
            try append(leaf)
            let reply = row.position(3).column
            for table in ["reply", "lost"] {
                try database.cachedStatement(sql: "DELETE FROM \(table) WHERE position = ?")
                    .execute(arguments: [reply])
            }
            closed.withdrawn += 1
        }
        try database.execute(sql: "DELETE FROM withdrawal_inbox")
    }

    /// Type 4: what an organisation left lying, under its escalation organisation.
    mutating func appendOverdue(_ directory: Directory?) throws {
        let overdue = Overdue(database, day: day, directory: directory)
        for leaf in try overdue.take(upTo: try StoredCheckpoint.newest(in: database).tree.size) {
            try append(leaf)
            closed.overdue += 1
        }
    }

    /// Type 5, with its envelope.
    mutating func appendTransfers() throws {
        let rows = try Row.fetchAll(database, sql: CloseQueries.waitingTransfers)
        for row in rows {
            let organisation = try row.organisation(0)
            let tag: Tag = try row.fixed(1)
            let position = try append(.transferred(organisation, tag, try row.fixed(2)))
            try database.cachedStatement(sql: CloseQueries.moveTransfer)
                .execute(arguments: [position, Blob(organisation), Blob(tag)])
            closed.transferred += 1
        }
        try database.execute(sql: "DELETE FROM transfer_inbox")
    }
}
