import Dispatch
import GRDB
import IntakeConsole
import SealedIntake
import Synchronization
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
        let before = try deployment.contents()
        let cover = try Samples.text(isCover: true)
        #expect(try await deployment.accept(cover) == .stored(deployment.today))
        #expect(try deployment.contents() == before)
        for file in [deployment.path, deployment.path + "-wal"] {
            let bytes = try PlainFile.contents(of: file, most: 1 << 24)
            #expect(!bytes.isEmpty)
            #expect(bytes.firstRange(of: cover.envelope.bytes.prefix(64)) == nil)
            #expect(bytes.firstRange(of: cover.tag.bytes) == nil)
        }
        #expect(try deployment.closeNow().first?.submissions == 8)
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
        let store = try deployment.another()
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

    @Test func `a row that fails in the middle of a commit undoes nothing but itself`()
        async throws
    {
        let ids = Mutex([Int64(1), 2, 1, 3, 4])
        var surroundings = Surroundings()
        surroundings.randomID = { ids.withLock { $0.isEmpty ? 5 : $0.removeFirst() } }
        let deployment = try Deployment(surroundings: surroundings)
        let (commit, day) = (deployment.store.groupCommit, deployment.today)
        let cover = try Samples.text(isCover: true)
        let texts = try (0..<4).map { _ in try Samples.text() } + [cover]
        // Held back so that all of them come together into one commit.
        let gate = DispatchSemaphore(value: 0)
        deployment.store.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
        let answers = try await withThrowingTaskGroup(of: (Int, Acceptance?).self) { group in
            for (place, text) in texts.enumerated() {
                group.addTask { (place, try? await commit.accept(Incoming(text), day: day)) }
                while commit.waitingCount < place + 1 { await Task.yield() }
            }
            gate.signal()
            return try await group.reduce(into: [Int: Acceptance]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers == [0, 1, 3, 4].reduce(into: [:]) { $0[$1] = .stored(day) })
        #expect(try deployment.count("inbox") == 3)
        #expect(try deployment.count("inbox_body") == 3)
        for place in [0, 1, 3] {
            #expect(try await deployment.accept(texts[place]) == .known(day))
        }
    }

    @Test func `a row that fails undoes nothing but itself`() async throws {
        var surroundings = Surroundings()
        surroundings.randomID = { 77 }
        let deployment = try Deployment(surroundings: surroundings)
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
        var limits = Limits.withoutStamps
        limits.waitingBytes = EnvelopeClass.text.size
        let deployment = try Deployment(limits: limits)
        await #expect(throws: StoreError.overloaded) {
            try await deployment.accept(try Samples.piece())
        }
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
    }

    @Test func `pieces are not taken yet, also when a text is, and covers of them`() async throws {
        let deployment = try Deployment()
        let store = deployment.store
        let piece = try Samples.piece()
        #expect(try await store.accept(piece, at: deployment.noon()) == .notYet)
        let cover = Submission(
            isCover: true,
            organisation: piece.organisation,
            tag: piece.tag,
            stamp: piece.stamp,
            envelope: piece.envelope
        )
        #expect(try await store.accept(cover, at: deployment.noon()) == .notYet)
        #expect(try deployment.count("inbox_body") == 0)
        let nobody = try Samples.piece("elders")
        #expect(try await store.accept(nobody, at: deployment.noon()) == .unknownOrganisation)
        #expect(try store.challenge(at: deployment.noon()).arePiecesClosed)
    }

    @Test func `more texts of one day than any quota had are all taken`() async throws {
        let deployment = try Deployment(batch: 1)
        #expect(try await deployment.flood(4500) == 4500)
    }
}
