import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// Taking submissions: once, whole, and within limits.
struct AcceptTests {
    @Test func `a submission is stored and promised for its day`() async throws {
        let deployment = try Deployment()
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
        #expect(try deployment.count("inbox") == 1)
        #expect(try deployment.count("inbox_body") == 1)
    }

    @Test func `the same envelope twice is one report, before and after its close`() async throws {
        let deployment = try Deployment()
        let text = try Samples.text()
        let piece = try Samples.piece()
        try await deployment.accept(text)
        try await deployment.accept(piece)
        #expect(try await deployment.accept(text) == .known(deployment.today))
        try deployment.closeNow()
        let later = deployment.today.adding(40)
        #expect(try await deployment.accept(text, on: later) == .known(deployment.today))
        #expect(try await deployment.accept(piece, on: later) == .known(deployment.today))
        #expect(try deployment.count("inbox") == 0)
    }

    @Test func `another envelope under a known tag is a conflict`() async throws {
        let deployment = try Deployment()
        let tag = Tag.random()
        try await deployment.accept(try Samples.text(tag: tag))
        #expect(try await deployment.accept(try Samples.text(tag: tag)) == .conflict)
        try deployment.closeNow()
        #expect(try await deployment.accept(try Samples.text(tag: tag)) == .conflict)
        #expect(try await deployment.accept(try Samples.piece(tag: tag)) == .conflict)
        let elsewhere = try Samples.text("helpdesk", tag: tag)
        #expect(try await deployment.accept(elsewhere) == .stored(deployment.today))
    }

    @Test func `an organisation that no directory names gets nothing`() async throws {
        let deployment = try Deployment()
        #expect(try await deployment.accept(try Samples.text("elders")) == .unknownOrganisation)
        #expect(try deployment.count("inbox_body") == 0)
    }

    @Test func `a cover is answered alike and leaves nothing of itself`() async throws {
        let deployment = try Deployment()
        let cover = try Samples.text(isCover: true)
        #expect(try await deployment.accept(cover) == .stored(deployment.today))
        #expect(try deployment.count("inbox") == 0)
        #expect(try deployment.count("inbox_body") == 0)
        let kept = try await deployment.store.pool.read { database in
            try Row.fetchOne(database, sql: "SELECT zeros FROM cover")?.bytes(0)
        }
        #expect(kept == [UInt8](repeating: 0, count: EnvelopeClass.text.size))
    }

    @Test func `what came after midnight waits for its own day`() async throws {
        let deployment = try Deployment()
        let tomorrow = deployment.today.adding(1)
        let late = try Samples.text()
        #expect(try await deployment.accept(late, on: tomorrow) == .stored(tomorrow))
        try deployment.closePast(tomorrow)
        #expect(try deployment.count("inbox") == 1)
        try deployment.closePast(tomorrow.adding(1))
        #expect(try deployment.count("inbox") == 0)
        #expect(try await deployment.accept(late) == .known(tomorrow))
    }

    @Test func `a piece belongs to the first close after it came`() async throws {
        let deployment = try Deployment()
        let tomorrow = deployment.today.adding(1)
        let piece = try Samples.piece()
        #expect(try await deployment.accept(piece, on: tomorrow) == .stored(deployment.today))
        let closed = try deployment.closePast(tomorrow)
        #expect(closed.map(\.pieces) == [1])
    }

    @Test func `hundreds at the same time are all stored`() async throws {
        let deployment = try Deployment()
        let submissions = try (0..<300).map { _ in try Samples.text() }
        let second = deployment.noon()
        var limits = Limits()
        limits.asksWork = false
        let store = try Store.open(at: deployment.path, limits: limits)
        let stored = try await withThrowingTaskGroup(of: Acceptance.self) { group in
            for submission in submissions {
                group.addTask { try await store.accept(submission, at: second) }
            }
            return try await group.reduce(into: 0) { count, acceptance in
                count += acceptance == .stored(deployment.today) ? 1 : 0
            }
        }
        #expect(stored == 300)
        #expect(try deployment.count("inbox") == 300)
        #expect(try deployment.count("inbox_body") == 300)
        _ = try deployment.check()
    }

    @Test func `the same envelope at the same time is stored once`() async throws {
        let deployment = try Deployment()
        let submission = try Samples.text()
        let second = deployment.noon()
        let store = deployment.store
        let acceptances = try await withThrowingTaskGroup(of: Acceptance.self) { group in
            for _ in 0..<32 {
                group.addTask { try await store.accept(submission, at: second) }
            }
            return try await group.reduce(into: [Acceptance]()) { $0.append($1) }
        }
        let day = deployment.today
        #expect(acceptances.count(where: { $0 == .stored(day) }) == 1)
        #expect(acceptances.count(where: { $0 == .known(day) }) == 31)
    }

    @Test func `a row that fails undoes nothing but itself`() async throws {
        let deployment = try Deployment(randomID: { 77 })
        try await deployment.accept(try Samples.text())
        await #expect(throws: StoreError.self) {
            try await deployment.accept(try Samples.text())
        }
        #expect(try deployment.count("inbox") == 1)
        #expect(try deployment.count("inbox_body") == 1)
        try deployment.closeNow()
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
    }

    @Test func `more than fits into memory is refused at once`() async throws {
        var limits = Limits()
        limits.waitingBytes = EnvelopeClass.text.size
        let deployment = try Deployment(limits: limits)
        await #expect(throws: StoreError.overloaded) {
            try await deployment.accept(try Samples.piece())
        }
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
    }

    @Test func `text has a reserve that pieces cannot use`() async throws {
        var limits = Limits()
        limits.daily = 6
        limits.dailyWithPieces = 4
        let deployment = try Deployment(batch: 1, limits: limits)
        let day = deployment.today
        for _ in 0..<4 { #expect(try await deployment.accept(try Samples.piece()) == .stored(day)) }
        #expect(try await deployment.accept(try Samples.piece()) == .full)
        let noon = deployment.noon()
        #expect(try deployment.store.challenge(at: noon).arePiecesClosed)
        #expect(try !deployment.store.challenge(at: noon).isTextClosed)
        let text = try Samples.text()
        #expect(try await deployment.accept(text) == .stored(day))
        #expect(try await deployment.accept(try Samples.text()) == .stored(day))
        #expect(try await deployment.accept(try Samples.text()) == .full)
        #expect(try await deployment.accept(text) == .known(day))
        #expect(try deployment.store.challenge(at: noon).isTextClosed)
        #expect(try await deployment.accept(try Samples.text("helpdesk")) == .stored(day))
        let tomorrow = day.adding(1)
        #expect(try await deployment.accept(try Samples.text(), on: tomorrow) == .stored(tomorrow))
    }

    @Test func `a restart and a close do not open a full day again`() async throws {
        var limits = Limits()
        limits.daily = 3
        let deployment = try Deployment(batch: 1, limits: limits)
        for _ in 0..<3 { try await deployment.accept(try Samples.text()) }
        try deployment.closeNow()
        let restarted = try Store.open(at: deployment.path, limits: limits)
        let acceptance = try await restarted.accept(try Samples.text(), at: deployment.noon())
        #expect(acceptance == .full)
    }
}
