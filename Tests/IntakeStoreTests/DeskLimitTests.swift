import GRDB
import Stage
import Testing

@testable import IntakeStore
@testable import SealedIntake

/// What one desk signs bounds nothing but itself: the rest waits, and nothing of it is lost.
struct DeskLimitTests {
    private typealias Sent = (row: OutRow, object: [UInt8])

    /// Replies whose bytes are cheap to make: all of one body but for their first bytes.
    private func replies(
        _ desk: PaperOrganisation,
        _ count: Int,
        shard: UInt8? = nil,
        of shards: Int
    )
        -> [Sent]
    {
        let form = desk.reply().object
        return (0..<count).map { place in
            let body = form.prefix(8) + Tag.random().bytes + form.dropFirst(24)
            let row = OutRow.reply(
                desk.id,
                shard: shard ?? UInt8(place % shards),
                tag: .random(),
                digest: Digest(of: [UInt8](body))
            )
            return (row, [UInt8](body))
        }
    }

    /// A stick of many rows; the deployment's own looks for each object among all.
    private func stick(
        _ deployment: Deployment,
        of organisation: String = "nl-vi",
        _ sent: [Sent],
        shards: Int
    ) throws -> [UInt8] {
        let objects = Dictionary(uniqueKeysWithValues: sent.map { ($0.row, $0.object) })
        let desk = try #require(deployment.desks[organisation.id])
        let newest = try deployment.newest()
        let rows = OutBundle.sorted(sent.map(\.row))
        let head = OutBundle.head(
            checkpoint: try deployment.logKey.verified(
                desk.signer.cosigning(newest.note, day: deployment.today)
            ),
            organisation: desk.id,
            have: newest.checkpoint.size,
            shards: UInt32(shards),
            acknowledgement: .init(size: newest.checkpoint.size, root: newest.checkpoint.root),
            rows: rows,
            signer: desk.signer
        )
        return rows.reduce(into: head) { $0 += objects[$1] ?? [] }
    }

    @Test func `a stick of 1,500 replies in one of 256 shards lengthens each by four entries`()
        throws
    {
        let deployment = try Deployment(batch: 1, shards: 256)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let sent = replies(desk, 1500, shard: 7, of: 256)
        let report = try deployment.take(stick(deployment, sent, shards: 256))
        #expect((report.newReplies, report.waiting, report.left) == (1500, 1496, 0))
        let closed = try deployment.closePast(deployment.today.adding(1))
        #expect(closed.map(\.replies) == [4])
        #expect(closed[0].waiting == [desk.id: 1496])
        #expect(try deployment.store.shard(0)?.entryCount == 4)
        #expect(try deployment.store.shard(7)?.entryCount == 4)
        #expect(try deployment.count("drop_filler") == 255 * 4)
        _ = try deployment.check()
    }

    @Test func `a campaign's stick of 1,000 is in the drop after three closes, none lost`() throws {
        let deployment = try Deployment(batch: 1, shards: 16)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let sent = replies(desk, 1000, of: 16)
        try deployment.take(stick(deployment, sent, shards: 16))
        let later = deployment.today.adding(3)
        let closed = try deployment.closePast(later)
        #expect(closed.map(\.replies) == [512, 488, 0])
        #expect(closed.map { $0.waiting[desk.id] } == [488, nil, nil])
        let lying = try deployment.store.shards.flatMap { try Drop(bytes: $0).entries.map(\.tag) }
        #expect(Set(lying).isSuperset(of: sent.map(\.row.tag)))
        _ = try deployment.check()
    }

    @Test func `the acknowledgement is logged when all that came with it is`() throws {
        let deployment = try Deployment(batch: 1, shards: 1)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.take(stick(deployment, replies(desk, 600, of: 1), shards: 1))
        try deployment.take(stick(deployment, of: "helpdesk", [], shards: 1))
        let closed = try deployment.closePast(deployment.today.adding(2))
        #expect(closed.map(\.replies) == [512, 88])
        #expect(closed.map(\.acknowledgements) == [1, 1], "the other desk does not wait for it")
        let leaves = try deployment.leaves().filter { $0.type == .acknowledgement }
        #expect(leaves.map(\.organisation) == [try "helpdesk".id, desk.id])
        _ = try deployment.check()
    }

    @Test func `withdrawals and transfers are limited for each desk, and wait too`() throws {
        let deployment = try Deployment(organisations: ["nl-vi", "ggd", "helpdesk"], batch: 1)
        try deployment.closeNow()
        let (desk, other) = (
            try #require(deployment.desks["nl-vi".id]), try #require(deployment.desks["ggd".id])
        )
        let body = try desk.transfer(to: "helpdesk").object
        func transfers(_ count: Int) throws -> [Sent] {
            try (0..<count).map { _ in
                let digest = Digest(of: body)
                return (.transferred(to: try "helpdesk".id, tag: .random(), digest: digest), body)
            }
        }
        let sent = replies(desk, 520, of: 2)
        let back = sent.map { desk.withdraw($0.row) }
        try deployment.take(stick(deployment, sent + back + transfers(130), shards: 2))
        try deployment.take(stick(deployment, of: "ggd", transfers(3), shards: 2))
        let closed = try deployment.closePast(deployment.today.adding(2))
        #expect(closed.map(\.transferred) == [131, 2])
        #expect(closed.map(\.withdrawn) == [512, 8])
        #expect(closed[0].waiting == [desk.id: 8 + 8 + 2])
        #expect(closed[1].waiting.isEmpty)
        #expect(other.id != desk.id)
        #expect(try deployment.count("withdrawal_inbox") == 0)
        _ = try deployment.check()
    }

    @Test func `what every stick brings for each of 40 others is logged at once`() throws {
        let others = (1...40).map { "desk-\($0)" }
        let deployment = try Deployment(organisations: ["nl-vi"] + others, batch: 1)
        try deployment.closeNow()
        let body = try #require(deployment.desks["nl-vi".id]).transfer(to: "desk-1").object
        let digest = Digest(of: body)
        let sent: [Sent] = try others.flatMap { other in
            try (0..<OutLimits.batch).map { _ in
                (.transferred(to: try other.id, tag: .random(), digest: digest), body)
            }
        }
        try deployment.take(stick(deployment, sent, shards: 2))
        let closed = try deployment.closePast(deployment.today.adding(1))
        #expect(closed.map(\.transferred) == [160])
        #expect(closed[0].waiting.isEmpty)
    }

    @Test func `what is more than may wait stays at the desk, whose next stick brings it`() throws {
        let deployment = try Deployment(batch: 1, shards: 1)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many LIMIT ?)
                    INSERT INTO reply_inbox (organisation, tag, shard, shards, digest, body)
                    SELECT ?, RANDOMBLOB(16), 0, 1, RANDOMBLOB(32), ZEROBLOB(4096)
                    FROM many
                    """,
                arguments: [OutLimits.waiting(.reply) - 2, Blob(desk.id)]
            )
        }
        let bundle = try stick(deployment, replies(desk, 5, of: 1), shards: 1)
        let report = try deployment.take(bundle)
        #expect((report.newReplies, report.left) == (2, 3))
        #expect(report.acknowledged == 0, "its next stick acknowledges")
        try deployment.closePast(deployment.today.adding(1))
        let next = try deployment.take(bundle)
        #expect(next.left == 0)
        #expect(next.newReplies + next.knownReplies == 5)
    }

    @Test func `a bundle that says more rows than any may have is refused before they are read`()
        throws
    {
        let deployment = try Deployment(batch: 1, shards: 1)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let newest = try deployment.newest()
        let manifest = OutManifest(
            organisation: desk.id,
            have: newest.checkpoint.size,
            shards: 1,
            acknowledgement: .none,
            rowsDigest: Digest(of: []),
            rowCount: UInt32(OutLimits.rows) + 1
        )
        var writer = ByteWriter([UInt8]("SIB1".utf8))
        for note in [newest.note, desk.signer.note(manifest.text)] {
            writer.u32(UInt32(note.bytes.count))
            writer.append(note.bytes)
        }
        let error = #expect(throws: StoreError.self) { try deployment.take(writer.bytes) }
        #expect(error?.clause.contains("manifest") == true)
    }
}
