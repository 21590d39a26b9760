import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// Envelopes for other organisations, and what comes back when it was lost.
struct TransferTests {
    @Test func `a transferred envelope is logged under its receiver, after all else`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let transfers = [try desk.transfer(to: "helpdesk"), try desk.transfer(to: "helpdesk")]
        try deployment.closeNow()
        let bundle = try deployment.bundle(transfers + [desk.reply()])
        #expect(try deployment.take(bundle).newTransfers == 2)
        #expect(try deployment.take(bundle).knownTransfers == 2)
        #expect(try deployment.closeNow().map(\.transferred) == [2])
        #expect(try deployment.take(bundle).knownTransfers == 2)
        let leaves = try deployment.leaves()
        #expect(leaves.suffix(4).map(\.type) == [.reply, .transferred, .transferred, .dayEnd])
        for (row, _) in transfers {
            let leaf = Leaf.transferred(row.organisation, row.tag, row.digest)
            #expect(leaves.contains(leaf))
        }
        #expect(try deployment.closeNow().map(\.transferred) == [0])
        _ = try deployment.check()
    }

    @Test func `a known tag with other bytes is skipped, waiting and logged`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (waiting, logged) = (Tag.random(), Tag.random())
        try deployment.closeNow()
        let first = try desk.transfer(to: "helpdesk", tag: logged)
        try deployment.take(deployment.bundle([first]))
        try deployment.closeNow()
        try deployment.take(deployment.bundle([desk.transfer(to: "helpdesk", tag: waiting)]))
        let report = try deployment.take(
            deployment.bundle([
                desk.transfer(to: "helpdesk", tag: logged),
                desk.transfer(to: "helpdesk", tag: waiting),
                desk.transfer(to: "helpdesk"),
            ])
        )
        #expect((report.newTransfers, report.conflictingTransfers) == (1, 2))
        #expect(report.skippedRows == 2)
        try deployment.closeNow()
        let leaf = Leaf.transferred(first.row.organisation, logged, first.row.digest)
        #expect(try deployment.leaves().contains(leaf))
        _ = try deployment.check()
    }

    @Test func `nothing goes to an organisation that the directory does not list`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.closeNow()
        let report = try deployment.take(deployment.bundle([desk.transfer(to: "elders")]))
        #expect((report.newTransfers, report.unlistedTransfers) == (0, 1))
        #expect(report.skippedRows == 1)
        #expect(try deployment.count("transfer_inbox") == 0)
    }

    @Test func `the newest list of wanted pieces takes the place of the one before`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.closeNow()
        let digests = (0..<3).map { Digest(of: [$0]) }
        #expect(try deployment.take(deployment.bundle(digests.map(desk.want))).wanted == 3)
        let other = try #require(deployment.desks["helpdesk".id])
        try deployment.take(deployment.bundle(of: "helpdesk", [other.want(digests[0])]))
        #expect(try deployment.count("wanted") == 4)
        #expect(try deployment.take(deployment.bundle([desk.want(digests[1])])).wanted == 1)
        #expect(try deployment.count("wanted") == 2)
        #expect(try deployment.take(deployment.bundle()).wanted == 0)
        #expect(try deployment.count("wanted") == 1)
    }

    @Test func `a logged reply or transfer whose body is gone is put back, at once`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let reply = desk.reply()
        let transfer = try desk.transfer(to: "helpdesk")
        try deployment.closeNow()
        let bundle = try deployment.bundle([reply, transfer])
        try deployment.take(bundle)
        try deployment.closeNow()
        let before = try deployment.contents()
        try deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    DELETE FROM reply;
                    DELETE FROM text_body
                    WHERE position = (SELECT position FROM leaf WHERE type = 5);
                    UPDATE house SET generation = generation + 1;
                    """
            )
        }
        try deployment.store.refresh()
        let report = try deployment.take(bundle)
        #expect((report.restored, report.newReplies, report.newTransfers) == (2, 0, 0))
        let entries = try deployment.store.shards
            .flatMap { try Drop(bytes: $0).entries }
        #expect(entries.contains { $0.envelope == reply.object })
        #expect(try deployment.take(bundle).restored == 0)
        let house = { (lines: [String]) in lines.filter { !$0.hasPrefix("house") } }
        #expect(try house(deployment.contents()) == house(before))
    }
}
