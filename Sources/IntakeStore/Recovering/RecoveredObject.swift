import GRDB
import SealedIntake

/// One missing leaf on its way back, with what waits for it in the store.
///
/// What came in before the store was lost and what came again after waits in an inbox: it belongs
/// to the leaf and must not be logged twice.
struct RecoveredObject {
    private let database: Database
    private let leaf: Leaf
    private let index: UInt64
    private let key: StatementArguments

    init(_ database: Database, leaf: Leaf, index: UInt64) {
        self.database = database
        self.leaf = leaf
        self.index = index
        key = [Blob(leaf.organisation), Blob(leaf.tag), Blob(leaf.digest)]
    }

    /// Writes the leaf and moves its object, or notes that it is lost.
    func take(
        day: Day,
        _ report: inout RecoveryReport,
        _ mending: inout BitMending
    ) throws {
        try leaf.insert(into: database, at: index, day: day)
        switch leaf.type {
        case .submission: try takeSubmission(&report, &mending)
        case .reply: try takeWaiting("reply_inbox", Self.moveReply, .reply, &report, &mending)
        case .transferred:
            try takeWaiting("transfer_inbox", Self.moveTransfer, .text, &report, &mending)
        case .withdrawal: try withdraw()
        case .acknowledgement: try acknowledge()
        case .directory, .overdue, .dayEnd: break
        }
    }

    /// Another envelope under the same tag stays and is logged by the next close: it was promised.
    private func takeSubmission(
        _ report: inout RecoveryReport,
        _ mending: inout BitMending
    ) throws {
        if try move(Self.moveSubmission, .text, &report, &mending) { report.moved += 1 }
        // Also where it was spoiled: it is logged now, and no close may log it again.
        try execute(
            """
            DELETE FROM inbox_body
            WHERE id IN (
                SELECT body FROM inbox WHERE organisation = ?1 AND tag = ?2 AND digest = ?3
            )
            """,
            key
        )
        try execute("DELETE FROM inbox WHERE organisation = ? AND tag = ? AND digest = ?", key)
    }

    private func takeWaiting(
        _ inbox: String,
        _ move: String,
        _ place: MovedBody.Place,
        _ report: inout RecoveryReport,
        _ mending: inout BitMending
    ) throws {
        if try self.move(move, place, &report, &mending) { report.moved += 1 }
        let isSame = "DELETE FROM \(inbox) WHERE organisation = ? AND tag = ? AND digest = ?"
        let isOther = "DELETE FROM \(inbox) WHERE organisation = ? AND tag = ? AND digest <> ?"
        try execute(isSame, key)
        try execute(isOther, key)
        report.dropped += database.changesCount
        guard leaf.type == .reply else { return }
        try execute(
            "DELETE FROM withdrawal_inbox WHERE organisation = ? AND tag = ? AND digest <> ?",
            key
        )
    }

    private func withdraw() throws {
        for table in ["reply", "lost"] {
            try execute("DELETE FROM \(table) WHERE position = (\(Self.reply))", key)
        }
        try execute(
            "DELETE FROM withdrawal_inbox WHERE organisation = ? AND tag = ? AND digest = ?",
            key
        )
    }

    /// The cosigned note itself comes with the next bundle of that desk.
    private func acknowledge() throws {
        try execute(
            """
            INSERT INTO acknowledgement (organisation, have, size, logged)
            VALUES (?1, 0, 0, ?2)
            ON CONFLICT (organisation) DO UPDATE
            SET logged = MAX(logged, ?2)
            """,
            [Blob(leaf.organisation), (leaf.number ?? 0).column]
        )
    }

    /// Whether what waits is there and is what was logged.
    private func move(
        _ query: String,
        _ place: MovedBody.Place,
        _ report: inout RecoveryReport,
        _ mending: inout BitMending
    ) throws -> Bool {
        try execute(query, [index.column] + key)
        let isHere = database.changesCount == 1
        let body = MovedBody(database: database, place: place)
        if try body.keep(at: index, leaf.digest, &mending) { return true }
        if isHere { report.spoiled.append(SpoiledObject(leaf, at: index)) }
        return false
    }

    private func execute(_ query: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: query).execute(arguments: arguments)
    }

    private static let moveSubmission = """
        INSERT INTO text_body (position, body)
        SELECT ?1, inbox_body.body
        FROM inbox
        JOIN inbox_body ON inbox_body.id = inbox.body
        WHERE inbox.class = 1 AND inbox.organisation = ?2 AND inbox.tag = ?3
            AND inbox.digest = ?4
        """

    private static let moveReply = """
        INSERT INTO reply (position, shard, shards, body)
        SELECT ?1, shard, shards, body
        FROM reply_inbox
        WHERE organisation = ?2 AND tag = ?3 AND digest = ?4
        """

    private static let moveTransfer = """
        INSERT INTO text_body (position, body)
        SELECT ?1, body
        FROM transfer_inbox
        WHERE organisation = ?2 AND tag = ?3 AND digest = ?4
        """

    private static let reply = """
        SELECT position
        FROM leaf
        WHERE type = 2 AND organisation = ? AND tag = ? AND digest = ?
        """
}
