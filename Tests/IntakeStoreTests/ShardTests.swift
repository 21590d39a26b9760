import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// Where a reply lies when its desk wrote it for another number of shards than there is now.
struct ShardTests {
    /// In which shards a reply lies that was written as `shard` of `shards`.
    private func places(_ shard: UInt8, of shards: UInt32, in force: Int) throws -> [Int] {
        let deployment = try Deployment(shards: force)
        try deployment.closeNow()
        let reply = try #require(deployment.desks["nl-vi".id]).reply(shard: shard)
        try deployment.take(deployment.bundle([reply], shards: shards))
        try deployment.closeNow()
        let drops = try deployment.store.shards.map { try Drop(bytes: $0) }
        #expect(Set(drops.map(\.entries.count)) == [1], "all shards are of one length")
        return drops.indices.filter { drops[$0].envelope(reply.row.tag) == reply.object }
    }

    @Test func `written for fewer shards it lies in each that its reporter may ask for`() throws {
        #expect(try places(1, of: 2, in: 8) == [1, 3, 5, 7])
        #expect(try places(0, of: 1, in: 4) == [0, 1, 2, 3])
    }

    @Test func `written for as many or more shards it lies in one`() throws {
        #expect(try places(5, of: 8, in: 8) == [5])
        #expect(try places(255, of: 256, in: 4) == [3])
        #expect(try places(9, of: 256, in: 1) == [0])
    }

    @Test func `a directory with more shards finds the replies of before`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let reply = try #require(deployment.desks["nl-vi".id]).reply(shard: 1)
        try deployment.take(deployment.bundle([reply]))
        try deployment.closeNow()
        try deployment.install(deployment.directory(["nl-vi", "helpdesk"], serial: 2, shards: 4))
        let drops = try deployment.store.shards.map { try Drop(bytes: $0) }
        #expect(drops.map { $0.envelope(reply.row.tag) != nil } == [false, true, false, true])
    }

    @Test func `nobody finds more of a thread in the file than the shard`() throws {
        let deployment = try Deployment(shards: 4)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.take(deployment.bundle([desk.reply(shard: 3), desk.reply(shard: 2)]))
        try expectRows("reply_inbox", of: deployment.store, [2, 3], shards: 4)
        try deployment.closeNow()
        try expectRows("reply", of: deployment.store, [2, 3], shards: 4)
    }

    private func expectRows(
        _ table: String,
        of store: Store,
        _ expected: [Int],
        shards: Int
    ) throws {
        let rows = try store.pool.read { database in
            try Row.fetchAll(database, sql: "SELECT shard, shards FROM \(table) ORDER BY shard")
        }
        #expect(rows.map { $0[0] as Int } == expected)
        #expect(rows.allSatisfy { $0[1] == shards })
    }

    @Test func `a file with whole shard bytes is reduced to shards`() throws {
        let queue = try DatabaseQueue()
        let first = try #require(Schema.migrator.migrations.first)
        try Schema.migrator.migrate(queue, upTo: first)
        let deployment = try Deployment(shards: 8)
        let note = try #require(deployment.store.publication.directory).note
        try queue.write { database in
            try database.execute(
                sql: "INSERT INTO directory (serial, digest, note) VALUES (1, ?, ?)",
                arguments: [Blob(note.digest), Blob(note.bytes)]
            )
            for byte in [201, 9] {
                try database.execute(
                    sql: "INSERT INTO reply_inbox VALUES (x'01', ?, ?, x'02', x'03')",
                    arguments: [Blob([UInt8(byte)]), byte]
                )
            }
        }
        try Schema.migrator.migrate(queue)
        let rows = try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT shard, shards FROM reply_inbox")
        }
        #expect(rows.map { [$0[0] as Int, $0[1] as Int] } == [[1, 8], [1, 8]])
    }
}
