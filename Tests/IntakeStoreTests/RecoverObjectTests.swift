import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// Nothing that still exists anywhere is lost by a restored backup, and nothing is doubled.
struct RecoverObjectTests {
    @Test func `what waits in the store and is in the leaves is moved to its leaf, once`()
        async throws
    {
        let whole = try Deployment()
        let desk = try #require(whole.desks["nl-vi".id])
        let report = try Samples.text()
        let piece = try Samples.piece()
        let (reply, withdrawn) = (desk.reply(shard: 1), desk.reply())
        let transfer = try desk.transfer(to: "helpdesk")
        try whole.closeNow()
        try await whole.accept(report)
        try await whole.accept(piece)
        try whole.take(
            whole.bundle([reply, withdrawn, transfer, desk.withdraw(withdrawn.row)])
        )
        let backup = try Deployment(copyOf: whole)
        let tomorrow = whole.today.adding(1)
        try whole.closePast(tomorrow)
        let restored = try backup.restored(markedBy: whole)
        let recovered = try restored.recover(whole.leavesFile(of: "helpdesk"), today: tomorrow)
        #expect(recovered.moved == 4)
        #expect((recovered.dropped, recovered.lostReplies) == (0, 0))
        for table in ["inbox_body", "inbox"] { #expect(try restored.count(table) == 1) }
        for table in ["reply_inbox", "transfer_inbox", "withdrawal_inbox"] {
            #expect(try restored.count(table) == 0)
        }
        #expect(try restored.count("reply") == 1)
        let (lost, back) = (try whole.store.shards[1], try restored.store.shards[1])
        #expect(back == lost)
        let (_, theirs) = try restored.export("helpdesk", from: 0)
        #expect(theirs.envelopes[transfer.row.tag] == transfer.object)
        let again = try await restored.accept(report, on: tomorrow)
        #expect(again == .known(whole.today))
        try restored.closePast(tomorrow.adding(1))
        let leaves = try restored.leaves()
        #expect(leaves.count { $0.digest == report.envelope.digest } == 1)
        #expect(leaves.count { $0.digest == reply.row.digest } == 1)
        let (_, own) = try restored.export("nl-vi", from: 0)
        #expect(own.envelopes[report.tag] == report.envelope.bytes)
        #expect(own.pieces[piece.envelope.digest] == piece.envelope.bytes)
        _ = try restored.check()
    }

    @Test func `lost replies and transfers come back with their desk's leaves`() async throws {
        let whole = try Deployment()
        let (desk, other) = (
            try #require(whole.desks["nl-vi".id]), try #require(whole.desks["helpdesk".id])
        )
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        let (reply, theirs) = (desk.reply(), other.reply(shard: 1))
        let transfer = try desk.transfer(to: "helpdesk")
        try whole.take(whole.bundle([reply, transfer]))
        try whole.take(whole.bundle(of: "helpdesk", [theirs]))
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        let late = try whole.leavesFile(of: "helpdesk", [theirs])
        let first = try restored.recover(whole.leavesFile([reply, transfer]))
        #expect((first.bundle?.restored, first.lostReplies) == (2, 1))
        #expect(first.lostEnvelopes == 8)
        #expect(try restored.check().lost == 9)
        // The days go on; the other desk's leaves, which end before, still bring its reply.
        try restored.closePast(whole.today.adding(2))
        let second = try restored.recover(late)
        #expect((second.leaves, second.bundle?.restored, second.lostReplies) == (0, 1, 0))
        let drops = try restored.store.shards.map { try Drop(bytes: $0) }
        #expect(drops[0].envelope(reply.row.tag) == reply.object)
        #expect(drops[1].envelope(theirs.row.tag) == theirs.object)
        #expect(try restored.check().lost == 8)
    }

    @Test func `what is lost is missing in an export and forgotten when it would be over`()
        async throws
    {
        let whole = try Deployment()
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        try await whole.accept(try Samples.text())
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        try restored.recover(whole.leavesFile())
        #expect(try restored.export("nl-vi", from: 0).report.missing == 4)
        #expect(try restored.export("helpdesk", from: 0).report.missing == 4)
        try restored.closePast(whole.today.adding(31))
        #expect(try restored.check().lost == 4)
        try restored.take(restored.bundle(of: "helpdesk"))
        try restored.closePast(whole.today.adding(62))
        #expect(try restored.check().lost == 0)
    }

    @Test func `another envelope under a recovered tag is logged too: it was promised`()
        async throws
    {
        let whole = try Deployment()
        let tag = Tag.random()
        let backup = try Deployment(copyOf: whole)
        let (first, second) = (try Samples.text(tag: tag), try Samples.text(tag: tag))
        try await whole.accept(first)
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        #expect(try await restored.accept(second) == .stored(whole.today))
        let report = try restored.recover(whole.leavesFile())
        #expect(report.moved == 0)
        for submission in [first, second] {
            #expect(try await restored.accept(submission) == .known(whole.today))
        }
        #expect(try await restored.accept(Samples.text(tag: tag)) == .conflict)
        try restored.closeNow()
        let digests = try restored.leaves().filter { $0.tag == tag }.map(\.digest)
        #expect(digests == [first.envelope.digest, second.envelope.digest])
        _ = try restored.check()
    }

    @Test func `waiting replies and transfers under a recovered tag are dropped and said`()
        throws
    {
        let whole = try Deployment()
        let desk = try #require(whole.desks["nl-vi".id])
        let (reply, transfer) = (Tag.random(), Tag.random())
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        try whole.take(
            whole.bundle([desk.reply(tag: reply), desk.transfer(to: "helpdesk", tag: transfer)])
        )
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        let other = desk.reply(tag: reply)
        try restored.take(
            restored.bundle([
                other, desk.transfer(to: "helpdesk", tag: transfer), desk.withdraw(other.row),
            ])
        )
        let report = try restored.recover(whole.leavesFile())
        #expect((report.dropped, report.moved, report.lostReplies) == (2, 0, 1))
        try restored.closeNow()
        #expect(try restored.leaves().count { $0.type == .withdrawal } == 0)
        _ = try restored.check()
    }

    @Test func `a reply that the leaves withdraw is not put back`() throws {
        let whole = try Deployment()
        let desk = try #require(whole.desks["nl-vi".id])
        let reply = desk.reply()
        try whole.closeNow()
        try whole.take(whole.bundle([reply]))
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        try whole.take(whole.bundle([desk.withdraw(reply.row)]))
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        #expect(try restored.count("reply") == 1)
        let report = try restored.recover(whole.leavesFile([reply]))
        #expect((report.bundle?.restored, report.lostReplies) == (0, 0))
        #expect(try restored.count("reply") == 0)
        _ = try restored.check()
    }

    @Test func `overdue leaves come back and nothing is due a second time`() throws {
        let whole = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        try whole.closePast(whole.today.adding(2))
        let backup = try Deployment(copyOf: whole)
        try whole.closePast(whole.today.adding(4))
        let restored = try backup.restored(markedBy: whole)
        let day = whole.today.adding(4)
        try restored.recover(whole.leavesFile(), today: day)
        try restored.take(restored.bundle(of: "helpdesk", acknowledges: false, have: 0))
        let (written, read) = try restored.export("helpdesk")
        #expect(read.bundle.rows.filter { $0.leaf.type == .overdue && $0.size > 0 }.count == 8)
        #expect(written.missing == 8)
        #expect(try restored.closePast(day.adding(1)).map(\.overdue) == [0])
        _ = try restored.check()
    }

    @Test(arguments: [false, true])
    func `what is lost becomes due like all else, unless its desk accepted the loss`(
        isAccepted: Bool
    ) throws {
        let whole = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        try whole.closePast(whole.today.adding(1))
        let restored = try backup.restored(markedBy: whole)
        let file = try whole.leavesFile(of: "helpdesk")
        #expect(try restored.recover(file, today: whole.today.adding(1)).lostEnvelopes == 8)
        if isAccepted { try restored.take(restored.bundle()) }
        // No auditor could tell what was lost from what is held back.
        let closed = try restored.closePast(whole.today.adding(4))
        #expect(closed.map(\.overdue) == [0, isAccepted ? 0 : 8, 4])
        _ = try restored.check()
    }

    @Test func `what was picked up in the lost days does not become due after them`() throws {
        let whole = try Deployment(batch: 1, escalations: ["nl-vi": "helpdesk after 4"])
        try whole.closePast(whole.today.adding(1))
        let backup = try Deployment(copyOf: whole)
        try whole.closePast(whole.today.adding(2))
        try whole.take(whole.bundle())
        try whole.closePast(whole.today.adding(3))
        let restored = try backup.restored(markedBy: whole)
        // The helpdesk brings the log; what the other cosigned is known by its leaf alone.
        let day = whole.today.adding(3)
        try restored.recover(whole.leavesFile(of: "helpdesk"), today: day)
        let closed = try restored.closePast(whole.today.adding(7))
        #expect(closed.map(\.overdue) == [0, 0, 0, 1])
        _ = try restored.check()
    }
}
