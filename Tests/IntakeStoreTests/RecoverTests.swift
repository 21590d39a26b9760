import GRDB
import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeStore

/// A server that was restored from an older copy gets back what the desks hold.
struct RecoverTests {
    /// A store, and a backup of it from before it closed five more days.
    private struct Loss {
        let whole: Deployment
        let restored: Deployment
        let today: Day

        init() async throws {
            whole = try Deployment()
            try await whole.accept(try Samples.text())
            try whole.closePast(whole.today.adding(1))
            let backup = try Deployment(copyOf: whole)
            today = whole.today.adding(6)
            try whole.take(whole.bundle())
            try whole.closePast(today)
            restored = try backup.restored(markedBy: whole)
        }
    }

    @Test func `missing leaves come back under the very notes that were signed before`()
        async throws
    {
        let loss = try await Loss()
        let (whole, restored) = (loss.whole, loss.restored)
        let size = try whole.newest().checkpoint.size
        let had = try restored.newest().checkpoint.size
        #expect(throws: StoreError.behindHighWaterMark(has: had, signed: size)) {
            try restored.closePast(loss.today)
        }
        let report = try restored.recover(try whole.leavesFile(), today: loss.today)
        #expect((report.leaves, report.closes) == (size - had, 5))
        #expect((report.size, report.behind) == (size, nil))
        #expect(try restored.leaves() == whole.leaves())
        #expect(try restored.checkpoints() == whole.checkpoints())
        #expect(try restored.closePast(loss.today).isEmpty)
        #expect(try restored.closePast(loss.today.adding(1)).map(\.day) == [loss.today])
        #expect(try restored.check().lost == report.lostEnvelopes)
        #expect(report.lostEnvelopes == 5 * 8)
    }

    @Test func `the leaves may begin anywhere up to where the store ends`() async throws {
        let loss = try await Loss()
        let had = try loss.restored.newest().checkpoint.size
        for from in [1, had - 1, had] {
            let restored = try loss.restored.restored(markedBy: loss.whole)
            let file = try loss.whole.leavesFile(from: from)
            #expect(try restored.recover(file, today: loss.today).closes == 5)
            #expect(try restored.checkpoints() == loss.whole.checkpoints())
        }
    }

    @Test func `a stick pulled out changes nothing, and running it twice nothing more`()
        async throws
    {
        let loss = try await Loss()
        let desk = try #require(loss.whole.desks["nl-vi".id])
        let file = try loss.whole.leavesFile(of: "nl-vi", [desk.reply()])
        let (today, key) = (loss.today, loss.whole.logKey)
        let restored = loss.restored
        var opened = 0
        let whole = try restored.contents()
        let killed = FileError.unreadable(path: "stick", reason: "pulled out")
        #expect(throws: killed) {
            try restored.store.recover(
                leaves: {
                    opened += 1
                    guard opened < 2 else { throw killed }
                    return ArraySource(file)
                },
                today: today,
                logKey: key,
                mark: restored.mark
            )
        }
        #expect(try restored.contents() == whole)
        let second = try restored.recover(file, today: today)
        #expect((second.closes, second.bundle?.newReplies) == (5, 1))
        #expect(try restored.checkpoints() == loss.whole.checkpoints())
        let before = try restored.contents()
        let third = try restored.recover(file, today: today)
        #expect((third.leaves, third.bundle?.knownReplies) == (0, 1))
        #expect(try restored.contents() == before)
    }

    @Test(arguments: ["leaf", "checkpoint", "lost"])
    func `a recovery that fails in the middle leaves the store as it was`(
        table: String
    ) async throws {
        let loss = try await Loss()
        let restored = loss.restored
        let before = try restored.contents()
        let file = try loss.whole.leavesFile()
        let last = try Int64(loss.whole.newest().checkpoint.size) - 5
        try await restored.store.pool.write { database in
            let key = table == "checkpoint" ? "size" : "position"
            try database.execute(
                sql: """
                    CREATE TRIGGER fails BEFORE INSERT ON \(table) WHEN NEW.\(key) > \(last)
                    BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END
                    """
            )
        }
        #expect(throws: StoreError.database("the disk is gone")) {
            try restored.recover(file, today: loss.today)
        }
        try await restored.store.pool.write { try $0.execute(sql: "DROP TRIGGER fails") }
        #expect(try restored.contents() == before)
        #expect(try restored.recover(file, today: loss.today).closes == 5)
    }

    @Test func `a store that is still behind its mark says so and closes nothing yet`()
        async throws
    {
        let loss = try await Loss()
        let (whole, restored) = (loss.whole, loss.restored)
        let early = try whole.leavesFile(of: "helpdesk")
        let reached = try whole.newest().checkpoint.size
        try whole.closePast(loss.today.adding(2))
        try restored.mark.write(try whole.mark.read(logKey: whole.logKey))
        let signed = try whole.newest().checkpoint.size
        let first = try restored.recover(early, today: loss.today.adding(2))
        #expect((first.size, first.behind) == (reached, signed))
        #expect(throws: StoreError.behindHighWaterMark(has: reached, signed: signed)) {
            try restored.closePast(loss.today.adding(3))
        }
        #expect(try restored.mark.read(logKey: whole.logKey).checkpoint.size == signed)
        let late = try restored.recover(whole.leavesFile(), today: loss.today.adding(2))
        #expect((late.closes, late.behind) == (2, nil))
        #expect(try restored.closePast(loss.today.adding(3)).count == 1)
    }

    @Test func `the mark is raised where the desk knows more than it`() async throws {
        let loss = try await Loss()
        let old = try Deployment(copyOf: loss.restored)
        let own = try old.newest()
        try old.mark.write(own)
        try old.take(loss.whole.bundle())
        let size = try loss.whole.newest().checkpoint.size
        let has = own.checkpoint.size
        #expect(throws: StoreError.behindDesk("nl-vi", has: has, knows: size)) {
            try old.closePast(loss.today)
        }
        let report = try old.recover(loss.whole.leavesFile(), today: loss.today)
        #expect((report.size, report.bundle?.ahead) == (size, nil))
        #expect(try old.mark.read(logKey: old.logKey).checkpoint.size == size)
        #expect(try old.count("ahead") == 0)
        #expect(try old.closePast(loss.today.adding(1)).count == 1)
    }

    @Test func `days that were closed stay closed, and what there was of today stays open`()
        async throws
    {
        let loss = try await Loss()
        try loss.whole.closeNow(loss.today)
        let restored = try loss.restored.restored(markedBy: loss.whole)
        try restored.recover(loss.whole.leavesFile(), today: loss.today)
        let report = try Samples.text()
        #expect(try await restored.accept(report, on: loss.today) == .stored(loss.today))
        let closed = try restored.closePast(loss.today.adding(1))
        #expect(closed.map(\.day) == [loss.today])
        _ = try restored.check()
    }

    @Test func `acknowledgements that were logged are not logged again`() async throws {
        let loss = try await Loss()
        let restored = loss.restored
        try restored.recover(loss.whole.leavesFile(of: "helpdesk"), today: loss.today)
        let said = try await restored.store.pool.read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT size, logged FROM acknowledgement WHERE organisation = ?",
                arguments: [Blob("nl-vi".id)]
            ).map { [$0.index(0), $0.index(1)] }
        }
        let logged = try loss.whole.leaves().last { $0.type == .acknowledgement }?.number
        #expect(said == [0, try #require(logged)])
        let closed = try restored.closePast(loss.today.adding(1))
        // That of the helpdesk, which came with the leaves.
        #expect(closed.map(\.acknowledgements) == [1])
        _ = try restored.check()
    }
}
