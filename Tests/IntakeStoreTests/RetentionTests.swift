import Foundation
import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// What goes, when, and that it is really gone.
struct RetentionTests {
    /// Whether the envelope under a tag is still in the store.
    private func holds(_ tag: Tag, _ deployment: Deployment) throws -> Bool {
        try deployment.store.pool.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT 1
                    FROM text_body
                    JOIN leaf ON leaf.position = text_body.position
                    WHERE leaf.tag = ?
                    """,
                arguments: [Blob(tag)]
            ) != nil
        }
    }

    /// Where the bytes of an object lie in the database file or its log, in any part of it.
    private func traces(of object: [UInt8], _ deployment: Deployment) throws -> [String] {
        try ["", "-wal"].filter { end in
            let file = try Data(contentsOf: URL(filePath: deployment.path + end))
            let parts = stride(from: 0, to: object.count - 64, by: 1000)
            return parts.contains { file.range(of: Data(object[$0..<($0 + 64)])) != nil }
        }
    }

    @Test func `an envelope goes 30 days after its acknowledgement was logged, not before`()
        async throws
    {
        let deployment = try Deployment()
        let report = try Samples.text()
        try await deployment.accept(report)
        let day = deployment.today
        try deployment.closePast(day.adding(1))
        try deployment.take(deployment.bundle())
        try deployment.closePast(day.adding(1 + 30))
        #expect(try holds(report.tag, deployment))
        #expect(try traces(of: report.envelope.bytes, deployment) == [""])
        _ = try deployment.check()
        try deployment.closePast(day.adding(1 + 31))
        #expect(try !holds(report.tag, deployment))
        #expect(try traces(of: report.envelope.bytes, deployment).isEmpty)
        // Fillers of that day went alike, nobody else's, and nothing of a later day.
        #expect(try deployment.count("text_body") == 2 * 4 * 32 - 4)
        _ = try deployment.check()
    }

    @Test func `what nobody acknowledged stays`() async throws {
        let deployment = try Deployment()
        let report = try Samples.text()
        let piece = try Samples.piece()
        try await deployment.accept(report)
        try await deployment.accept(piece)
        try deployment.closePast(deployment.today.adding(1))
        try deployment.take(deployment.bundle(of: "helpdesk"))
        try deployment.closePast(deployment.today.adding(60))
        #expect(try holds(report.tag, deployment))
        #expect(try deployment.count("piece_body") == 1)
        #expect(try deployment.count("text_body") == 2 * 4 * 60 - 4)
        _ = try deployment.check()
    }

    @Test func `a piece goes with its close`() async throws {
        let deployment = try Deployment()
        let piece = try Samples.piece()
        let day = deployment.today
        try await deployment.accept(piece)
        try deployment.closePast(day.adding(1))
        let first = try deployment.bundle()
        let later = try Samples.piece()
        try await deployment.accept(later, on: day.adding(1))
        try deployment.closePast(day.adding(2))
        try deployment.take(first)
        try deployment.closePast(day.adding(2 + 30))
        #expect(try deployment.count("piece_body") == 2)
        try deployment.closePast(day.adding(2 + 31))
        #expect(try deployment.count("piece_body") == 1)
        #expect(try deployment.count("piece") == 1)
        #expect(try traces(of: piece.envelope.bytes, deployment).isEmpty)
        #expect(try traces(of: later.envelope.bytes, deployment) == [""])
        _ = try deployment.check()
    }

    @Test func `an overdue envelope stays until both have acknowledged it for 30 days`()
        async throws
    {
        let deployment = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        let report = try Samples.text()
        let day = deployment.today
        try await deployment.accept(report)
        try deployment.closePast(day.adding(3))
        try deployment.take(deployment.bundle())
        try deployment.closePast(day.adding(40))
        #expect(try holds(report.tag, deployment))
        _ = try deployment.check()
        try deployment.take(deployment.bundle(of: "helpdesk"))
        try deployment.closePast(day.adding(40 + 30))
        #expect(try holds(report.tag, deployment))
        try deployment.closePast(day.adding(40 + 31))
        #expect(try !holds(report.tag, deployment))
        #expect(try traces(of: report.envelope.bytes, deployment).isEmpty)
        _ = try deployment.check()
    }

    @Test func `an overdue envelope that the other one acknowledged first stays as well`()
        async throws
    {
        let deployment = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        let report = try Samples.text()
        let day = deployment.today
        try await deployment.accept(report)
        try deployment.closePast(day.adding(3))
        try deployment.take(deployment.bundle(of: "helpdesk"))
        try deployment.closePast(day.adding(40))
        #expect(try holds(report.tag, deployment))
        try deployment.take(deployment.bundle())
        try deployment.closePast(day.adding(40 + 31))
        #expect(try !holds(report.tag, deployment))
        _ = try deployment.check()
    }

    @Test func `a transferred envelope goes when its receiver acknowledged it`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let transfer = try desk.transfer(to: "helpdesk")
        let day = deployment.today
        try deployment.closePast(day.adding(1))
        let bundle = try deployment.bundle([transfer])
        try deployment.take(bundle)
        try deployment.closePast(day.adding(2))
        try deployment.take(deployment.bundle())
        try deployment.closePast(day.adding(40))
        #expect(try holds(transfer.row.tag, deployment))
        try deployment.take(deployment.bundle(of: "helpdesk"))
        try deployment.closePast(day.adding(40 + 31))
        #expect(try !holds(transfer.row.tag, deployment))
        #expect(try traces(of: transfer.object, deployment).isEmpty)
        // And it does not come back when its sender brings it once more.
        let report = try deployment.take(bundle)
        #expect((report.restored, report.knownTransfers) == (0, 1))
        _ = try deployment.check()
    }

    @Test func `a reply leaves the drop 90 days after its leaf, and does not come back`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let reply = desk.reply()
        let day = deployment.today
        try deployment.closePast(day.adding(1))
        let bundle = try deployment.bundle([reply])
        try deployment.take(bundle)
        // Its leaf is of the day after the first.
        try deployment.closePast(day.adding(1 + 90))
        #expect(try deployment.count("reply") == 1)
        #expect(try traces(of: reply.object, deployment) == [""])
        try deployment.closePast(day.adding(1 + 91))
        #expect(try deployment.count("reply") == 0)
        #expect(try traces(of: reply.object, deployment).isEmpty)
        let report = try deployment.take(bundle)
        #expect((report.restored, report.knownReplies) == (0, 1))
        _ = try deployment.check()
    }

    @Test func `a withdrawn reply is really gone`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (logged, early) = (desk.reply(), desk.reply())
        try deployment.closeNow()
        try deployment.take(deployment.bundle([logged]))
        try deployment.closeNow()
        #expect(try traces(of: logged.object, deployment) == [""])
        let both = [early, desk.withdraw(early.row), desk.withdraw(logged.row)]
        try deployment.take(deployment.bundle(both))
        try deployment.closeNow()
        #expect(try traces(of: logged.object, deployment).isEmpty)
        #expect(try traces(of: early.object, deployment).isEmpty)
    }

    @Test func `a body that should be gone, or should be there, is a lie`() async throws {
        let deployment = try Deployment()
        let day = deployment.today
        try deployment.closePast(day.adding(1))
        try deployment.take(deployment.bundle())
        try deployment.closePast(day.adding(1 + 31))
        _ = try deployment.check()
        try await deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    INSERT INTO text_body (position, body)
                    SELECT position, ZEROBLOB(16384)
                    FROM leaf
                    WHERE type = 1 AND organisation = ? AND day = ?
                    LIMIT 1
                    """,
                arguments: [Blob("nl-vi".id), day.column]
            )
        }
        let late = #expect(throws: StoreError.self) { try deployment.check() }
        #expect(late?.clause.contains("must be gone by now") == true)
        try await deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    DELETE FROM text_body WHERE body = ZEROBLOB(16384);
                    DELETE FROM text_body WHERE position = (SELECT MAX(position) FROM text_body)
                    """
            )
        }
        let early = #expect(throws: StoreError.self) { try deployment.check() }
        #expect(early?.clause.contains("is missing") == true)
    }
}
