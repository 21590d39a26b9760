import SealedIntake
import Testing

@testable import IntakeStore

/// What travels to a desk beside its own reports.
struct ExportObjectTests {
    @Test func `an overdue envelope travels to the escalation organisation as it came`()
        async throws
    {
        let deployment = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        let report = try Samples.text("nl-vi")
        try await deployment.accept(report)
        try deployment.closePast(deployment.today.adding(2))
        let early = try deployment.export("helpdesk").read
        #expect(early.envelopes[report.tag] == nil)
        try deployment.closePast(deployment.today.adding(3))
        let (written, read) = try deployment.export("helpdesk")
        let rows = read.bundle.rows.filter { $0.leaf.type == .overdue }
        #expect(rows.count == 4)
        #expect(rows.map(\.size) == [16_384, 16_384, 16_384, 16_384])
        #expect(read.envelopes[report.tag] == report.envelope.bytes)
        #expect(written.missing == 0)
        let own = try deployment.export("nl-vi").read
        #expect(own.bundle.rows.filter { $0.leaf.type == .overdue && $0.size > 0 }.count == 0)
        #expect(own.envelopes[report.tag] == report.envelope.bytes)
    }

    @Test func `an overdue envelope that is gone is a row of size zero, and said`() async throws {
        let deployment = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        let report = try Samples.text("nl-vi")
        try await deployment.accept(report)
        try deployment.closePast(deployment.today.adding(3))
        try await deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    DELETE FROM text_body
                    WHERE position = (SELECT position FROM leaf WHERE type = 1 AND tag = ?)
                    """,
                arguments: [Blob(report.tag)]
            )
        }
        let (written, read) = try deployment.export("helpdesk")
        #expect(written.missing == 1)
        #expect(read.bundle.rows.filter { $0.leaf.type == .overdue && $0.size == 0 }.count == 1)
    }

    @Test func `a transferred envelope travels to its receiver alone`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let transfer = try desk.transfer(to: "helpdesk")
        try deployment.closeNow()
        try deployment.take(deployment.bundle([transfer]))
        try deployment.closeNow()
        let theirs = try deployment.export("helpdesk")
        #expect(theirs.read.envelopes[transfer.row.tag] == transfer.object)
        let ours = try deployment.export("nl-vi", from: 0)
        #expect(ours.read.envelopes[transfer.row.tag] == nil)
        #expect((theirs.report.missing, ours.report.missing) == (0, 0))
    }

    @Test func `a bundle carries what each organisation cosigned last, its own too`() throws {
        let deployment = try Deployment(organisations: ["nl-vi", "politie", "helpdesk", "ggd"])
        try deployment.closeNow()
        #expect(try deployment.export("nl-vi").read.bundle.witnesses.isEmpty)
        try deployment.take(deployment.bundle(of: "helpdesk"))
        let old = try deployment.newest().checkpoint
        try deployment.closeNow()
        try deployment.take(deployment.bundle(of: "politie"))
        try deployment.take(deployment.bundle(of: "nl-vi"))
        let new = try deployment.newest().checkpoint
        let bundle = try deployment.export("nl-vi", from: 0).read.bundle
        let said = try bundle.witnesses.map { try deployment.logKey.verified($0) }
        #expect(said.map(\.checkpoint) == [new, new, old])
        for (witness, name) in zip(said, ["nl-vi", "politie", "helpdesk"]) {
            let desk = try #require(deployment.desks[name.id])
            let day = try witness.cosigned(by: [desk.signer.verifierKey])
            #expect(day == deployment.today)
            #expect(witness.note.signatures.count == 2)
        }
        let theirs = try deployment.export("ggd").read.bundle
        #expect(theirs.witnesses.count == 3)
    }

    @Test func `pieces a desk asks for travel once more, also another's, once each`() async throws {
        let deployment = try Deployment()
        let own = try Samples.piece("nl-vi")
        let foreign = try Samples.piece("helpdesk")
        for piece in [own, foreign] { try await deployment.accept(piece) }
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let digests = [own.envelope.digest, foreign.envelope.digest]
        let wanted = (digests + [Digest(of: [])]).map(desk.want)
        try deployment.take(deployment.bundle(wanted))
        try deployment.closeNow()
        let (report, read) = try deployment.export("nl-vi")
        #expect(read.pieces[own.envelope.digest] == own.envelope.bytes)
        #expect(read.pieces[foreign.envelope.digest] == foreign.envelope.bytes)
        #expect(read.pieces.count == 2)
        #expect(report.missing == 0)
        let whole = try deployment.export("nl-vi", from: 0).read
        #expect(Set(whole.pieces.keys) == Set(digests))
        #expect(whole.bundle.pieces.count == 2)
        try deployment.take(deployment.bundle())
        #expect(try deployment.export("nl-vi").read.pieces.isEmpty)
    }
}
