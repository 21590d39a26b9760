import SealedIntake
import Testing

@testable import IntakeStore

/// What everybody can fetch.
struct PublicationTests {
    @Test func `the month's file gives the root of the checkpoint`() async throws {
        let deployment = try Deployment()
        try await deployment.accept(try Samples.text())
        try deployment.closeNow()
        let publication = deployment.store.publication
        let bytes = try #require(
            publication.month(deployment.today.month, today: deployment.today)
        )
        let file = try LogRun(monthFile: bytes)
        let newest = try deployment.newest().checkpoint
        #expect(file.before.size == 0)
        #expect(file.after.root == newest.root)
        #expect(file.after.size == newest.size)
        #expect(try file.leaves == deployment.leaves())
    }

    @Test func `months follow each other by their subtree roots`() throws {
        let deployment = try Deployment(today: "2026-03-29")
        try deployment.closePast("2026-04-02".day)
        let publication = deployment.store.publication
        let today = try "2026-06-01".day
        let march = try #require(publication.month("2026-03-01".day.month, today: today))
        let april = try #require(publication.month("2026-04-01".day.month, today: today))
        #expect(try LogRun(monthFile: april).before == LogRun(monthFile: march).after)
        #expect(
            try LogRun(monthFile: april).after.root == deployment.newest().checkpoint.root
        )
    }

    @Test func `a month without leaves has a header only, a future one is not there`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let publication = deployment.store.publication
        let later = deployment.today.adding(70)
        let empty = try #require(publication.month(later.month, today: later))
        let file = try LogRun(monthFile: empty)
        #expect(file.leaves.isEmpty)
        #expect(file.before.size == publication.size)
        let before = try #require(publication.month("2020-02-01".day.month, today: later))
        #expect(try LogRun(monthFile: before) == LogRun(before: MerkleTree(), leaves: []))
        #expect(publication.month(later.month.next, today: later) == nil)
    }

    @Test func `the list of checkpoints follows the directory`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        var list = try CheckpointList(bytes: deployment.store.publication.checkpoints)
        #expect(try list.newest == deployment.newest().note)
        #expect(list.cosigned == [nil, nil])
        try deployment.take(deployment.bundle(of: "helpdesk"))
        list = try CheckpointList(bytes: deployment.store.publication.checkpoints)
        #expect(list.cosigned.first == .some(nil))
        let note = try #require(list.cosigned.last ?? nil)
        let desk = try #require(deployment.desks["helpdesk".id])
        let keys = [desk.signer.verifierKey]
        #expect(try deployment.logKey.verified(note).cosigned(by: keys) == deployment.today)
    }

    @Test func `replies appear at the close that logs them, in their shard`() throws {
        let deployment = try Deployment(shards: 4)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let replies = (0..<5).map { _ in desk.reply(shard: 2) }
        #expect(try deployment.take(deployment.bundle(replies)).newReplies == 5)
        #expect(try deployment.store.shards.allSatisfy { $0.count == 8 })
        try deployment.closeNow()
        let drops = try deployment.store.shards.map { try Drop(bytes: $0) }
        #expect(drops.map(\.entries.count) == [5, 5, 5, 5])
        for reply in replies {
            #expect(drops[2].envelope(reply.row.tag) == reply.object)
            #expect(drops[0].envelope(reply.row.tag) == nil)
        }
        for entry in drops.flatMap(\.entries) {
            #expect(throws: Never.self) {
                try Envelope(bytes: entry.envelope, expecting: .reply)
            }
        }
    }

    @Test func `shards are the same for every process and stay the same over a close`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.closeNow()
        try deployment.take(deployment.bundle([desk.reply(shard: 1)]))
        try deployment.closeNow()
        let shards = try deployment.store.shards
        #expect(Set(shards.map(\.count)) == [8 + 16 + 4096])
        #expect(try deployment.another().shards == shards)
        try deployment.closeNow()
        #expect(try deployment.store.shards == shards)
    }

    @Test func `a running server notices what another process did`() throws {
        let deployment = try Deployment()
        let server = try deployment.another()
        let before = server.publication.generation
        #expect(try server.newestPublication().generation == before)
        try deployment.closeNow()
        #expect(server.publication.generation == before)
        let after = try server.newestPublication()
        #expect(after.generation > before)
        #expect(after.size == deployment.store.publication.size)
        let text = try deployment.directory(["nl-vi"], serial: 2)
        try deployment.install(text)
        #expect(try server.newestPublication().directory?.directory.serial == 2)
        try deployment.take(deployment.bundle())
        #expect(
            try server.newestPublication().checkpoints
                == deployment.store.publication.checkpoints
        )
    }

    @Test func `a submission changes nothing that is public`() async throws {
        let deployment = try Deployment()
        let before = deployment.store.publication
        try await deployment.accept(try Samples.text())
        let after = try deployment.store.newestPublication()
        #expect(after.generation == before.generation)
        #expect(after.checkpoints == before.checkpoints)
    }
}
