import GRDB
import SealedIntake

/// What desks brought, and what they left lying, on its way into the log.
extension DayClose {
    /// Type 2: replies enter the drop here and not before.
    mutating func appendReplies(_ replies: [DeskShare.Item], in database: Database) throws {
        for item in replies {
            let leaf = Leaf.reply(item.organisation, item.tag, item.digest)
            let index = try append(leaf, in: database)
            try move(item, from: "reply_inbox", CloseQueries.moveReply, to: index, in: database)
            try hold(.reply, at: index, leaf, in: database)
            closed.replies += 1
        }
    }

    /// Type 8, also for a reply of this very close: it leaves the drop here.
    mutating func appendWithdrawals(
        _ withdrawals: [DeskShare.Item],
        in database: Database
    ) throws {
        for item in withdrawals {
            let key: StatementArguments = [
                Blob(item.organisation), Blob(item.tag), Blob(item.digest),
            ]
            let reply = try Int64.fetchOne(
                try database.cachedStatement(sql: CloseQueries.withdrawnReply),
                arguments: key
            )
            guard let reply else { throw StoreError.damaged(.withdrawalWithoutReply) }
            try append(
                .withdrawal(item.organisation, item.tag, item.digest),
                in: database
            )
            for table in ["reply", "lost"] {
                try database.cachedStatement(sql: "DELETE FROM \(table) WHERE position = ?")
                    .execute(arguments: [reply])
            }
            try remove(item, from: "withdrawal_inbox", in: database)
            closed.withdrawn += 1
        }
    }

    /// Type 4: what an organisation left lying, under its escalation organisation.
    mutating func appendOverdue(_ directory: Directory?, in database: Database) throws {
        let overdue = Overdue(database, day: day, directory: directory)
        for leaf in try overdue.take(upTo: try StoredCheckpoint.newest(in: database).tree.size) {
            try append(leaf, in: database)
            closed.overdue += 1
        }
    }

    /// Type 5, with its envelope.
    mutating func appendTransfers(
        _ transfers: [DeskShare.Item],
        in database: Database
    ) throws {
        for item in transfers {
            let leaf = Leaf.transferred(item.organisation, item.tag, item.digest)
            let index = try append(leaf, in: database)
            try move(
                item,
                from: "transfer_inbox",
                CloseQueries.moveTransfer,
                to: index,
                in: database
            )
            try hold(.text, at: index, leaf, in: database)
            closed.transferred += 1
        }
    }

    private func move(
        _ item: DeskShare.Item,
        from inbox: String,
        _ query: String,
        to index: UInt64,
        in database: Database
    ) throws {
        try database.cachedStatement(sql: query)
            .execute(arguments: [index.column, Blob(item.organisation), Blob(item.tag)])
        try remove(item, from: inbox, in: database)
    }

    private func remove(
        _ item: DeskShare.Item,
        from inbox: String,
        in database: Database
    ) throws {
        try database.cachedStatement(
            sql: "DELETE FROM \(inbox) WHERE organisation = ? AND tag = ?"
        ).execute(arguments: [Blob(item.organisation), Blob(item.tag)])
    }
}
