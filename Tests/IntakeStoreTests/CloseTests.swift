import GRDB
import IntakeOpening
import SealedIntake
import Testing

@testable import IntakeStore

/// Closing a day: what is written, in which order, and that it is written once.
struct CloseTests {
    @Test func `a close writes its groups in order, each sorted, in full batches`() async throws {
        let deployment = try Deployment()
        for _ in 0..<5 { try await deployment.accept(try Samples.text("nl-vi")) }
        let closed = try deployment.closeNow()
        #expect(closed.count == 1)
        #expect(closed.first?.submissions == 8 + 4)
        let leaves = try deployment.leaves()
        #expect(
            leaves.map(\.type)
                == [.directory] + Array(repeating: .submission, count: 12) + [.dayEnd]
        )
        let texts = leaves.filter { $0.type == .submission }.map { [UInt8]($0.bytes.dropFirst()) }
        #expect(zip(texts, texts.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(try deployment.count("text_body") == 12)
        #expect(try deployment.check().leaves == 14)
    }

    @Test func `every submission is in the log with its envelope`() async throws {
        let deployment = try Deployment()
        let submissions = try (0..<7).map { _ in try Samples.text() }
        for submission in submissions { try await deployment.accept(submission) }
        try deployment.closeNow()
        let leaves = try deployment.leaves()
        for submission in submissions {
            let digest = submission.envelope.digest
            #expect(
                leaves.contains(.submission(submission.organisation, submission.tag, digest))
            )
        }
    }

    @Test func `fillers open at the desk as fillers and are of one size`() throws {
        let deployment = try Deployment(organisations: ["nl-vi"], batch: 3)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let bodies = try deployment.store.pool.read { database in
            try Row.fetchAll(database, sql: "SELECT body FROM text_body").map { $0.bytes(0) }
        }
        #expect(bodies.count == 3)
        for body in bodies {
            let envelope = try Envelope(bytes: body, expecting: .text)
            let frame = try Frame(bytes: envelope.open(with: desk.seal), magic: .reporter)
            #expect(Filler.isFiller(frame, for: desk.id))
        }
    }

    @Test func `a filler's second wrap is one that nobody releases, or a decoy`() throws {
        let deployment = try Deployment(
            organisations: ["nl-vi", "helpdesk"],
            batch: 3,
            escalations: ["nl-vi": "helpdesk after 14"]
        )
        try deployment.closeNow()
        let desks = try ["nl-vi", "helpdesk"].map { name in
            try #require(deployment.desks[try name.id])
        }
        let bodies = try deployment.store.pool.read { database in
            try Row.fetchAll(database, sql: "SELECT body FROM text_body").map { $0.bytes(0) }
        }
        var halves: Set<[UInt8]> = []
        var decoys = 0
        for body in bodies {
            let wraps = try Envelope(bytes: body, expecting: .text).wraps
            let half = desks[1].seal.open(wraps[1])?.exposed
            #expect(desks[0].seal.open(wraps[1])?.exposed == nil)
            if let key = desks[0].seal.open(wraps[0])?.exposed {
                let half = try #require(half)
                #expect(half.count == 32 && half != key)
                halves.insert(half)
            } else {
                #expect(half == nil)
                decoys += 1
            }
        }
        #expect(halves.count == 3 && decoys == 3)
    }

    @Test(arguments: [(0, 4), (1, 3), (3, 1), (4, 0), (5, 3), (8, 0)])
    func `fillers make full batches`(submissions: Int, fillers: Int) {
        #expect(FillerStock.count(for: submissions, batch: 4) == fillers)
    }

    @Test func `each open day is closed in turn, once`() throws {
        let deployment = try Deployment()
        let later = deployment.today.adding(3)
        let closed = try deployment.closePast(later)
        #expect(closed.map(\.day) == (0..<3).map { deployment.today.adding($0) })
        let ends = try deployment.leaves().compactMap(\.day)
        #expect(ends == closed.map(\.day))
        #expect(try deployment.closePast(later).isEmpty)
        #expect(try deployment.count("checkpoint") == 4)
        _ = try deployment.check()
    }

    @Test func `what there is of today may be closed any number of times`() async throws {
        let deployment = try Deployment()
        try await deployment.accept(try Samples.text())
        try deployment.closeNow()
        try await deployment.accept(try Samples.text())
        try deployment.closeNow()
        try deployment.closeNow()
        let tomorrow = deployment.today.adding(1)
        #expect(try deployment.closePast(tomorrow).map(\.day) == [deployment.today])
        #expect(try deployment.leaves().compactMap(\.day).count == 4)
        _ = try deployment.check()
    }

    @Test func `a day that is not past is not closed for good`() throws {
        let deployment = try Deployment()
        #expect(throws: StoreError.notPast(deployment.today)) {
            try deployment.store.closePastDays(
                through: deployment.today,
                today: deployment.today,
                logKey: deployment.logKey,
                mark: deployment.mark
            )
        }
    }

    @Test func `a clock that was set back closes nothing`() throws {
        let deployment = try Deployment()
        try deployment.closeNow(deployment.today.adding(5))
        #expect(throws: StoreError.clockBehind(deployment.today.adding(5))) {
            try deployment.closeNow(deployment.today.adding(2))
        }
    }

    @Test func `the directory is logged when it changes and when a month begins`() throws {
        let deployment = try Deployment(today: "2026-03-30")
        try deployment.closePast("2026-04-03".day)
        let text = try deployment.directory(["nl-vi", "helpdesk"], serial: 2)
        try deployment.install(text)
        try deployment.closeNow("2026-04-03".day)
        let logged = try deployment.leaves().filter { $0.type == .directory }.map(\.number)
        // 30 March: the first; 1 April: the month; 3 April: the second.
        #expect(logged == [1, 1, 2])
        _ = try deployment.check()
    }

    @Test func `a close that fails in the middle changes nothing, the next one does all`()
        async throws
    {
        let deployment = try Deployment()
        try await deployment.accept(try Samples.text())
        try await deployment.accept(try Samples.piece())
        let before = try deployment.contents()
        for table in ["text_body", "leaf", "checkpoint", "piece"] {
            try await deployment.store.pool.write { database in
                try database.execute(
                    sql: """
                        CREATE TRIGGER fails BEFORE INSERT ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END
                        """
                )
            }
            #expect(throws: StoreError.database("the disk is gone")) { try deployment.closeNow() }
            try await deployment.store.pool.write { try $0.execute(sql: "DROP TRIGGER fails") }
            #expect(try deployment.contents() == before)
        }
        #expect(try deployment.closeNow().first?.pieces == 1)
        _ = try deployment.check()
    }

    @Test func `two processes close a day once`() async throws {
        let deployment = try Deployment()
        let other = try deployment.another()
        let (key, mark) = (deployment.logKey, deployment.mark)
        let tomorrow = deployment.today.adding(1)
        let closed = try await withThrowingTaskGroup(of: Int.self) { group in
            for store in [deployment.store, other, deployment.store, other] {
                group.addTask {
                    try store.closePastDays(today: tomorrow, logKey: key, mark: mark).count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(closed == 1)
        #expect(try deployment.count("checkpoint") == 2)
    }

    @Test func `a store behind the high-water mark signs nothing`() throws {
        let deployment = try Deployment()
        let copy = deployment.folder.appending(path: "copy.sqlite").path
        try deployment.store.pool.write { try $0.execute(sql: "UPDATE house SET generation = 9") }
        try deployment.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
        }
        try deployment.closeNow()
        let size = try deployment.newest().checkpoint.size
        let restored = try Store.open(at: copy)
        #expect(throws: StoreError.behindHighWaterMark(has: 0, signed: size)) {
            try restored.closeNow(
                today: deployment.today,
                logKey: deployment.logKey,
                mark: deployment.mark
            )
        }
    }

    @Test func `a store of the marked size with another root signs nothing`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let newest = try deployment.newest().checkpoint
        try deployment.mark.write(deployment.forged())
        let error = StoreError.behindHighWaterMark(has: newest.size, signed: newest.size)
        #expect(throws: error) {
            try deployment.closePast(deployment.today.adding(2))
        }
        #expect(try deployment.newest().checkpoint == newest)
    }

    @Test func `a close that was killed before it raised the mark is made up for`() throws {
        let deployment = try Deployment()
        let first = try deployment.mark.read(logKey: deployment.logKey)
        try deployment.closeNow()
        try deployment.mark.write(first)
        #expect(try deployment.closePast(deployment.today).isEmpty)
        let raised = try deployment.mark.read(logKey: deployment.logKey)
        #expect(try raised.checkpoint == deployment.newest().checkpoint)
    }

    @Test func `without a mark, or with another key, nothing is closed`() throws {
        let deployment = try Deployment()
        let nowhere = HighWaterMark(path: deployment.path + ".nowhere")
        #expect(throws: StoreError.noHighWaterMark) {
            try deployment.store.closeNow(
                today: deployment.today,
                logKey: deployment.logKey,
                mark: nowhere
            )
        }
        #expect(throws: StoreError.otherLogKey) {
            try deployment.store.closeNow(
                today: deployment.today,
                logKey: .random(deployment: Deployment.name),
                mark: deployment.mark
            )
        }
    }
}
