import GRDB
import SealedIntake
import Stage

@testable import IntakeStore

extension World {
    /// Tells the last close another way, with another checkpoint, before anybody saw it; an honest
    /// store goes on from there.
    func reclose(_ change: (inout [LoggedEntry]) throws -> Void) throws {
        let all = try LoggedEntry.all(in: store)
        let (last, before) = try store.pool.read { database in
            let last = try StoredCheckpoint.newest(in: database)
            return (last, try StoredCheckpoint.newest(upTo: last.tree.size - 1, in: database))
        }
        var entries = [LoggedEntry](all.dropFirst(Int(before.tree.size)))
        try change(&entries)
        var tree = before.tree
        for entry in entries { tree.append(entry.leaf.hash) }
        let note = logKey.signer.checkpoint(tree)
        try store.pool.write { database in
            try Self.forget(from: before.tree.size, in: database)
            for (place, entry) in entries.enumerated() {
                let position = (before.tree.size + UInt64(place)).column
                try Self.insert(entry, at: position, on: last.day, in: database)
            }
            try database.execute(
                sql: """
                    UPDATE checkpoint
                    SET size = ?, subtrees = ?, note = ?
                    WHERE size = ?
                    """,
                arguments: [
                    tree.size.column, Blob([UInt8](tree.subtrees.map(\.bytes).joined())),
                    Blob(note.bytes), last.tree.size.column,
                ]
            )
        }
        try mark.write(try logKey.verified(note))
        try restart()
    }

    /// Runs SQL in the store's file: whoever holds the server can.
    func edit(_ sql: String, _ arguments: StatementArguments = []) throws {
        try store.pool.write { try $0.execute(sql: sql, arguments: arguments) }
        try restart()
    }

    /// Makes the shards of the drop one length again, so that nothing but a lie shows.
    func levelDrop() throws {
        _ = try store.pool.write { try DropLevel($0).run() }
        try restart()
    }

    /// Starts the server anew, so that it reads everything from its file.
    func restart() throws {
        try store.close()
        try replaceStore()
    }

    private static func forget(from first: UInt64, in database: Database) throws {
        for table in ["text_body", "reply", "lost", "leaf"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE position >= ?",
                arguments: [first.column]
            )
        }
    }

    private static func insert(
        _ entry: LoggedEntry,
        at position: Int64,
        on day: Day,
        in database: Database
    ) throws {
        let leaf = entry.leaf
        try database.execute(
            sql: """
                INSERT INTO leaf (position, type, organisation, tag, digest, day)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                position, Int(leaf.type.rawValue), Blob(leaf.organisation), Blob(leaf.tag),
                Blob(leaf.digest), day.column,
            ]
        )
        if let object = entry.object, leaf.type == .submission || leaf.type == .transferred {
            try database.execute(sql: CloseQueries.addText, arguments: [position, Blob(object)])
        }
        if let reply = entry.reply {
            try database.execute(
                sql: "INSERT INTO reply (position, shard, shards, body) VALUES (?, ?, ?, ?)",
                arguments: [position, reply.shard, reply.shards, Blob(reply.body)]
            )
        }
    }
}
