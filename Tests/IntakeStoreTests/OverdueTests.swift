import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// What nobody picks up becomes due to somebody else, once.
struct OverdueTests {
    /// Both organisations escalate to a third; the first after 3 days, the second after 5.
    private static let escalations = ["nl-vi": "helpdesk after 3", "politie": "helpdesk after 5"]
    private static let names = ["nl-vi", "helpdesk", "politie"]

    private func make(_ today: String = "2026-03-10") throws -> Deployment {
        try Deployment(
            organisations: Self.names,
            batch: 2,
            today: today,
            escalations: Self.escalations
        )
    }

    private func overdue(_ deployment: Deployment) throws -> [Leaf] {
        try deployment.leaves().filter { $0.type == .overdue }
    }

    @Test func `an envelope nobody picked up is due at the close so many days later`() async throws
    {
        let deployment = try make()
        let report = try Samples.text("nl-vi")
        try await deployment.accept(report)
        let closed = try deployment.closePast(deployment.today.adding(6))
        #expect(closed.map(\.overdue) == [0, 0, 0, 2, 2, 4])
        let due = try overdue(deployment)
        #expect(
            due.contains(.overdue(try "helpdesk".id, report.tag, report.envelope.digest))
        )
        #expect(Set(due).count == due.count)
        #expect(Set(due.compactMap(\.organisation)) == [try "helpdesk".id])
        _ = try deployment.check()
    }

    @Test func `fillers are due like the rest, and each close says what it logged`() throws {
        let deployment = try make()
        try deployment.closePast(deployment.today.adding(4))
        let id = try "nl-vi".id
        let first = try deployment.leaves().prefix { $0.type != .dayEnd }
            .filter { $0.type == .submission && $0.organisation == id }
        #expect(
            Set(try overdue(deployment).map(\.digest)) == Set(first.map(\.digest))
        )
    }

    @Test func `what was picked up is not due, and an acknowledgement of the same close counts`()
        throws
    {
        let deployment = try make()
        let third = deployment.today.adding(3)
        try deployment.closePast(third)
        try deployment.take(deployment.bundle(of: "nl-vi"))
        let closed = try deployment.closePast(third.adding(1))
        #expect(closed.map(\.acknowledgements) == [1])
        #expect(closed.map(\.overdue) == [0])
        #expect(try deployment.closePast(third.adding(4)).map(\.overdue) == [0, 2, 4])
    }

    @Test func `only what the cosigned size leaves out is due`() throws {
        let deployment = try make()
        try deployment.closePast(deployment.today.adding(1))
        try deployment.take(deployment.bundle(of: "nl-vi"))
        let closed = try deployment.closePast(deployment.today.adding(5))
        #expect(closed.map(\.overdue) == [0, 0, 0, 2])
    }

    @Test func `the directory at the leaf says how long, not the one of today`() throws {
        let deployment = try make()
        try deployment.closePast(deployment.today.adding(1))
        let patient = ["nl-vi": "politie after 8", "politie": "helpdesk after 5"]
        try deployment.install(
            deployment.directory(Self.names, serial: 2, batch: 2, escalations: patient)
        )
        let closed = try deployment.closePast(deployment.today.adding(10))
        // The first day under 3 days at the helpdesk, those after it under 8 at the police.
        let vi = try overdue(deployment).filter { $0.organisation == (try? "politie".id) }
        #expect(closed.map(\.overdue) == [0, 0, 2, 0, 2, 2, 2, 2, 4])
        #expect(vi.count == 2)
        _ = try deployment.check()
    }

    @Test func `a directory installed between two closes decides from its own leaf on`() throws {
        let deployment = try make()
        try deployment.closeNow()
        try deployment.install(
            deployment.directory(Self.names, serial: 2, batch: 2, escalations: [:])
        )
        let closed = try deployment.closePast(deployment.today.adding(9))
        #expect(closed.map(\.overdue).reduce(0, +) == 4)
        _ = try deployment.check()
    }

    @Test func `nothing is due to an organisation that is not listed any more`() throws {
        let deployment = try make()
        try deployment.closePast(deployment.today.adding(2))
        let without = try deployment.directory(["nl-vi", "politie"], serial: 2, batch: 2)
        try deployment.install(without)
        let gone = try deployment.closePast(deployment.today.adding(6))
        #expect(gone.map(\.overdue) == [0, 0, 0, 0])
        try deployment.install(
            deployment.directory(
                Self.names,
                serial: 3,
                batch: 2,
                escalations: Self.escalations
            )
        )
        let back = try deployment.closePast(deployment.today.adding(7))
        #expect(back.map(\.overdue) == [2 * 2 + 2 * 2])
        #expect(try deployment.closePast(deployment.today.adding(8)).map(\.overdue) == [0])
        _ = try deployment.check()
    }

    @Test func `reports of an organisation that is not listed any more become due all the same`()
        async throws
    {
        let deployment = try make()
        let report = try Samples.text("nl-vi")
        try await deployment.accept(report)
        try deployment.closePast(deployment.today.adding(1))
        try deployment.install(
            deployment.directory(["helpdesk", "politie"], serial: 2, batch: 2)
        )
        try deployment.closePast(deployment.today.adding(4))
        let due = try overdue(deployment).map(\.digest)
        #expect(due.contains(report.envelope.digest))
        #expect(due.count == 2)
    }

    @Test func `closing the middle of a day makes the same envelopes due once`() throws {
        let deployment = try make()
        try deployment.closePast(deployment.today.adding(3))
        let day = deployment.today.adding(3)
        #expect(try deployment.closeNow(day).map(\.overdue) == [2])
        #expect(try deployment.closeNow(day).map(\.overdue) == [0])
        #expect(try deployment.closePast(day.adding(1)).map(\.overdue) == [0])
    }

    @Test func `one tag at two organisations is two envelopes, one envelope at both is one`()
        async throws
    {
        let deployment = try Deployment(
            organisations: Self.names,
            batch: 1,
            escalations: ["nl-vi": "helpdesk after 3", "politie": "helpdesk after 3"]
        )
        let (tag, twin) = (Tag.random(), Tag.random())
        let envelope = try Samples.envelope()
        for name in ["nl-vi", "politie"] {
            try await deployment.accept(try Samples.text(name, tag: tag))
            try await deployment.accept(
                Submission(
                    organisation: name.id,
                    tag: twin,
                    stamp: .random(),
                    envelope: envelope
                )
            )
        }
        let closed = try deployment.closePast(deployment.today.adding(5))
        #expect(closed.map(\.overdue) == [0, 0, 0, 3, 2])
        let tags = try overdue(deployment).map(\.tag)
        #expect(tags.count { $0 == tag } == 2)
        #expect(tags.count { $0 == twin } == 1)
        _ = try deployment.check()
    }

    @Test func `how far nothing can become due saves work and changes nothing`() throws {
        let careful = try make()
        let forgetful = try make()
        for step in 1...9 {
            let day = careful.today.adding(UInt32(step))
            try careful.closePast(day)
            try forgetful.store.pool.write { try $0.execute(sql: "DELETE FROM progress") }
            try forgetful.closePast(day)
        }
        let types = try careful.leaves().map(\.type)
        #expect(try forgetful.leaves().map(\.type) == types)
        let settled = try careful.store.pool.read { database in
            try Int64.fetchOne(database, sql: "SELECT MIN(overdue) FROM progress") ?? 0
        }
        #expect(settled > 20)
    }
}
