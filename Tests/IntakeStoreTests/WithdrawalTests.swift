import SealedIntake
import Testing

@testable import IntakeStore

/// A desk takes a reply back.
struct WithdrawalTests {
    private func drop(_ deployment: Deployment) throws -> [Tag] {
        try deployment.store.shards.flatMap { try Drop(bytes: $0).entries.map(\.tag) }
    }

    private func types(_ deployment: Deployment, _ type: LeafType) throws -> Int {
        try deployment.leaves().count { $0.type == type }
    }

    @Test func `a withdrawn reply leaves the drop at the close that logs it, not before`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let replies = [desk.reply(), desk.reply()]
        try deployment.closeNow()
        try deployment.take(deployment.bundle(replies))
        try deployment.closeNow()
        let report = try deployment.take(deployment.bundle([desk.withdraw(replies[0].row)]))
        #expect(report.newWithdrawals == 1)
        #expect(try drop(deployment).contains(replies[0].row.tag))
        #expect(try deployment.closeNow().map(\.withdrawn) == [1])
        #expect(try !drop(deployment).contains(replies[0].row.tag))
        #expect(try drop(deployment).contains(replies[1].row.tag))
        let leaf = Leaf.withdrawal(desk.id, replies[0].row.tag, replies[0].row.digest)
        #expect(try deployment.leaves().contains(leaf))
        _ = try deployment.check()
    }

    @Test func `a reply withdrawn before it was logged is logged twice and never in the drop`()
        throws
    {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (together, later) = (desk.reply(), desk.reply())
        try deployment.closeNow()
        try deployment.take(
            deployment.bundle([together, later, desk.withdraw(together.row)])
        )
        try deployment.take(deployment.bundle([desk.withdraw(later.row)]))
        let closed = try deployment.closeNow()
        #expect(closed.map(\.replies) == [2])
        #expect(closed.map(\.withdrawn) == [2])
        let logged = try deployment.leaves().map(\.type)
        #expect(logged.suffix(5) == [.reply, .reply, .withdrawal, .withdrawal, .dayEnd])
        #expect(try deployment.count("reply") == 0)
        #expect(try drop(deployment).isEmpty)
        _ = try deployment.check()
    }

    @Test func `a reply is withdrawn once, however often its desk says so`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let reply = desk.reply()
        try deployment.closeNow()
        let bundle = try deployment.bundle([reply, desk.withdraw(reply.row)])
        #expect(try deployment.take(bundle).newWithdrawals == 1)
        #expect(try deployment.take(bundle).knownWithdrawals == 1)
        try deployment.closeNow()
        let report = try deployment.take(bundle)
        #expect((report.newWithdrawals, report.knownWithdrawals) == (0, 1))
        #expect((report.restored, report.knownReplies) == (0, 1))
        #expect(try deployment.closeNow().map(\.withdrawn) == [0])
        #expect(try deployment.count("reply") == 0)
        _ = try deployment.check()
    }

    @Test func `a reply nobody knows, or other bytes under its tag, is not withdrawn`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let reply = desk.reply()
        try deployment.closeNow()
        try deployment.take(deployment.bundle([reply]))
        try deployment.closeNow()
        let report = try deployment.take(
            deployment.bundle([
                desk.withdraw(desk.reply().row), desk.withdraw(desk.reply(tag: reply.row.tag).row),
            ])
        )
        #expect((report.newWithdrawals, report.unknownWithdrawals) == (0, 2))
        #expect(report.skippedRows == 2)
        try deployment.closeNow()
        #expect(try drop(deployment).contains(reply.row.tag))
        #expect(try types(deployment, .withdrawal) == 0)
        _ = try deployment.check()
    }

    @Test func `a desk withdraws only what is its own`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let other = try #require(deployment.desks["helpdesk".id])
        let reply = desk.reply()
        try deployment.closeNow()
        try deployment.take(deployment.bundle([reply]))
        try deployment.closeNow()
        let stolen = other.withdraw(reply.row)
        let report = try deployment.take(deployment.bundle(of: "helpdesk", [stolen]))
        #expect(report.unknownWithdrawals == 1)
        #expect(try deployment.closeNow().map(\.withdrawn) == [0])
    }
}
