import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// `check` finds what is wrong, whatever it is.
struct CheckTests {
    /// A store with something in every table.
    private func full() async throws -> Deployment {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        try await deployment.accept(try Samples.text())
        try await deployment.accept(try Samples.piece())
        try deployment.closeNow()
        let reply = desk.reply()
        try deployment.take(
            deployment.bundle([reply, desk.reply(), try desk.transfer(to: "helpdesk")])
        )
        try deployment.closeNow()
        try deployment.take(
            deployment.bundle([
                desk.reply(), try desk.transfer(to: "helpdesk"), desk.withdraw(reply.row),
                desk.want(Digest(of: [])),
            ])
        )
        try await deployment.accept(try Samples.text())
        try await deployment.accept(try Samples.piece())
        try await deployment.accept(try Samples.text(isCover: true))
        return deployment
    }

    @Test func `a store that holds is counted`() async throws {
        let deployment = try await full()
        let report = try deployment.check()
        #expect(report.checkpoints == 3)
        #expect(report.leaves == (1 + 8 + 1) + (1 + 8 + 2 + 1 + 1))
        #expect(report.objects == 1 + 16 + 2 + 2 + 1 + 1)
        #expect(report.waiting == 4)
    }

    /// Columns that nothing signed or hashed speaks of: what they hold cannot be a lie.
    private static let free: Set<String> = [
        "house.generation", "house.drop_seed", "house.closed_through", "house.id",
        "acknowledgement.have",
        "reply.shard", "reply_inbox.shard",
        "inbox.day", "piece.day", "grdb_migrations.identifier",
        // A waiting tag is only the reporter's word; a row id is random.
        "inbox.tag", "inbox.organisation", "inbox_body.id", "piece.tag", "piece.organisation",
        "reply_inbox.tag", "reply_inbox.organisation", "piece_body.id", "piece.closed",
        // What only saves time, and what only a desk asks.
        "progress.organisation",
        "wanted.organisation", "wanted.digest",
        // A store with such a row does not hold as a whole.
        "ahead.organisation", "ahead.size", "ahead.note", "lost.position",
        "transfer_inbox.organisation", "transfer_inbox.tag",
        // Empty while no close is under way.
        "closing.id", "closing.size", "closing.day",
        // What fills up the drop is random itself.
        "drop_filler.id", "drop_filler.tag", "drop_filler.body",
    ]

    @Test func `a flipped bit in any other column of any table is found`() async throws {
        let deployment = try await full()
        let pool = deployment.store.pool
        let columns = try await pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT tables.name, columns.name
                    FROM pragma_table_list AS tables
                    JOIN pragma_table_info(tables.name) AS columns
                    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'
                    """
            ).map { (table: $0[0] as String, column: $0[1] as String) }
        }
        #expect(columns.count > 40)
        var checked = 0
        for (table, column) in columns where !Self.free.contains("\(table).\(column)") {
            let changed = try flip(column, of: table, in: pool)
            #expect(changed, "\(table).\(column) could not be changed")
            #expect(throws: StoreError.self, "\(table).\(column)") { try deployment.check() }
            #expect(try flip(column, of: table, in: pool))
            checked += 1
        }
        #expect(checked > 20)
        _ = try deployment.check()
    }

    /// Flips the last bit of one value, and back when done again; keys and references are not
    /// looked after meanwhile.
    private func flip(_ column: String, of table: String, in pool: DatabasePool) throws -> Bool {
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            defer { try? database.execute(sql: "PRAGMA foreign_keys = ON") }
            let query = "SELECT \(column) FROM \(table) WHERE \(column) IS NOT NULL"
            let values = try Row.fetchAll(database, sql: query).map { row -> DatabaseValue in row[0]
            }
            guard let value = Self.pick(values) else { return false }
            try database.execute(
                sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?",
                arguments: [Self.flipped(value), value]
            )
            return database.changesCount > 0
        }
    }

    /// The largest number, which is also the largest with its bit flipped; of bytes the first.
    private static func pick(_ values: [DatabaseValue]) -> DatabaseValue? {
        let numbers = values.compactMap { Int64.fromDatabaseValue($0) }
        return numbers.max()?.databaseValue
            ?? values.first { Blob.fromDatabaseValue($0)?.bytes.isEmpty == false }
    }

    private static func flipped(_ value: DatabaseValue) -> DatabaseValue {
        if let number = Int64.fromDatabaseValue(value) {
            return (number < 1 << 41 ? number ^ 1 << 40 : number ^ 1).databaseValue
        }
        guard var bytes = Blob.fromDatabaseValue(value)?.bytes, !bytes.isEmpty else { return value }
        bytes[bytes.count - 1] ^= 1
        return Blob(bytes).databaseValue
    }

    /// Things a server could do to its own store, and what `check` says of each.
    private static let lies: [(sql: String, says: String)] = [
        ("DELETE FROM text_body WHERE position = 3", "the envelope of leaf 3 is missing"),
        ("DELETE FROM reply", "is missing"),
        ("DELETE FROM piece_body", "is missing"),
        (
            "DELETE FROM text_body WHERE position = (SELECT MAX(position) FROM text_body)",
            "the envelope of leaf 21 is missing"
        ),
        ("INSERT INTO lost VALUES (3)", "a loss that is none"),
        ("DELETE FROM inbox_body", "a waiting envelope is not the one that came"),
        ("DELETE FROM inbox", "a waiting envelope that nothing names"),
        ("DELETE FROM checkpoint WHERE size = 0", "the first checkpoint is gone"),
        (
            "DELETE FROM checkpoint WHERE size = (SELECT MAX(size) FROM checkpoint)",
            "leaf 10 is signed by no checkpoint"
        ),
        ("DELETE FROM leaf WHERE position = 5", "an object that no leaf names"),
        ("DELETE FROM leaf WHERE position = 9", "leaf 9 is missing"),
        ("DELETE FROM directory", "directory 1 is logged but not held"),
        (
            "UPDATE acknowledgement SET have = 1000000",
            "the desk of nl-vi is ahead of the log"
        ),
        (
            "UPDATE text_body SET body = SUBSTR(body, 1, 16383) WHERE position = 2",
            "the envelope of leaf 2 has 16383 bytes, it must have 16384"
        ),
        (
            "UPDATE leaf SET day = day + 1 WHERE position = 4",
            "leaf 4 lies in another day than its close"
        ),
    ]

    @Test(arguments: lies.map(\.sql))
    func `each lie has its name`(sql: String) async throws {
        let deployment = try await full()
        let lie = try #require(Self.lies.first { $0.sql == sql })
        try await deployment.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            try database.execute(sql: sql)
        }
        let error = try #require(
            #expect(throws: StoreError.self) { try deployment.check() }
        )
        #expect(error.clause.contains(lie.says), "\(error.clause)")
    }

    @Test func `a log that was cut back is found by the high-water mark`() async throws {
        let deployment = try await full()
        try await deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    DELETE FROM acknowledgement;
                    DELETE FROM reply;
                    DELETE FROM text_body WHERE position >= 10;
                    DELETE FROM leaf WHERE position >= 10;
                    DELETE FROM checkpoint WHERE size > 10;
                    """
            )
        }
        #expect(throws: StoreError.behindHighWaterMark(has: 10, signed: 23)) {
            try deployment.check()
        }
    }
}
