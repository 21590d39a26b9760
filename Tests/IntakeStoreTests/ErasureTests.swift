import Foundation
import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// Months that are long past: their leaves go, and everything still verifies.
struct ErasureTests {
    /// Stores from 30 January 2026 on, closed through February 2027: one whose desks acknowledged
    /// at the start of each month, and one whose desks did not.
    private static let aged = Result { try make(acknowledges: true) }
    private static let ignored = Result { try make(acknowledges: false) }

    private static func make(acknowledges: Bool) throws -> Deployment {
        let deployment = try Deployment(batch: 1, today: "2026-01-30")
        let end = try "2027-03-01".day
        var day = deployment.today
        while day < end {
            day = min(day.month.next.first.adding(1), end)
            try deployment.closePast(day)
            if acknowledges { try acknowledge(deployment) }
        }
        return deployment
    }

    private static func acknowledge(_ deployment: Deployment) throws {
        for name in ["nl-vi", "helpdesk"] { try deployment.take(deployment.bundle(of: name)) }
    }

    private func firstHeld(_ deployment: Deployment) throws -> UInt64 {
        try deployment.store.pool.read { try LogReader($0).firstHeld() }
    }

    @Test func `a month's leaves go at the first close 14 months later, not the day before`()
        async throws
    {
        // January 2026: 13 whole months lie between it and March 2027.
        let deployment = try Deployment(copyOf: Self.aged.get())
        #expect(try firstHeld(deployment) == 0)
        let leaves = try deployment.leaves()
        let january = leaves.prefix(7)
        #expect(january.last == .dayEnd(try "2026-01-31".day))
        try deployment.closePast("2027-03-02".day)
        #expect(try firstHeld(deployment) == 7)
        _ = try deployment.check()
        try deployment.closePast("2027-04-02".day)
        #expect(try firstHeld(deployment) > 7)
        let report = try deployment.check()
        #expect(report.checkpoints == 1 + 427)
    }

    @Test func `everything still verifies, and the public file of the month is a header`()
        async throws
    {
        let deployment = try Deployment(copyOf: Self.aged.get())
        let before = deployment.store.publication
        try deployment.closePast("2027-03-05".day)
        _ = try deployment.check()
        let after = deployment.store.publication
        let today = try "2027-03-05".day
        let january = try "2026-01-01".day.month
        let february = january.next
        let file = try LogRun(monthFile: try #require(after.month(january, today: today)))
        #expect(file == LogRun(before: MerkleTree(), leaves: []))
        #expect(after.month(february, today: today) == before.month(february, today: today))
        let next = try LogRun(monthFile: try #require(after.month(february, today: today)))
        #expect(next.before.size == 7)
        #expect(!after.monthsWithLeaves.contains(january))
        let march = try LogRun(monthFile: try #require(after.month(today.month, today: today)))
        #expect(try march.after.root == deployment.newest().checkpoint.root)
        let fresh = try deployment.another().publication
        for month in [january, february, today.month] {
            #expect(fresh.month(month, today: today) == after.month(month, today: today))
        }
    }

    @Test func `the leaves are gone from the file`() async throws {
        let deployment = try Deployment(copyOf: Self.aged.get())
        let digests = try deployment.leaves().prefix(7).filter { $0.type == .submission }
            .map(\.digest)
        func traces() throws -> Int {
            let files = try ["", "-wal"].map { end in
                try Data(contentsOf: URL(filePath: deployment.path + end))
            }
            return digests.count { digest in
                files.contains { $0.range(of: Data(digest.bytes)) != nil }
            }
        }
        #expect(try traces() == digests.count)
        try deployment.closePast("2027-03-02".day)
        #expect(try traces() == 0)
    }

    @Test func `a month in which something waits stays, and so do those behind it`() async throws {
        let deployment = try Deployment(copyOf: Self.ignored.get())
        try deployment.closePast("2027-05-02".day)
        #expect(try firstHeld(deployment) == 0)
        #expect(try deployment.count("text_body") > 800)
        _ = try deployment.check()
        try Self.acknowledge(deployment)
        try deployment.closePast("2027-06-01".day)
        #expect(try firstHeld(deployment) == 0)
        try deployment.closePast("2027-06-02".day)
        let oldest = try await deployment.store.pool.read { database in
            try Row.fetchOne(database, sql: "SELECT day FROM leaf ORDER BY position LIMIT 1")?
                .day(0)
        }
        #expect(oldest == (try "2026-05-01".day))
        _ = try deployment.check()
    }

    @Test func `an export begins at the first leaf that is left, or says that it must`()
        async throws
    {
        let deployment = try Deployment(copyOf: Self.aged.get())
        try deployment.closePast("2027-03-02".day)
        let first = try firstHeld(deployment)
        #expect(first == 7)
        for from in [0, 3, first - 1] {
            #expect(throws: StoreError.erased(asked: from, first: first)) {
                _ = try deployment.export("nl-vi", from: from)
            }
        }
        let (report, read) = try deployment.export("nl-vi", from: first)
        #expect(report.from == first)
        #expect(try read.bundle.run.leaves == deployment.leaves(from: first))
        try await deployment.store.pool.write { database in
            try database.execute(sql: "UPDATE acknowledgement SET have = 2")
        }
        #expect(try deployment.export("nl-vi").report.from == first)
    }

    @Test func `leaves that went too early are a lie`() async throws {
        let deployment = try Deployment(copyOf: Self.aged.get())
        for end in [3, 7] {
            let copy = deployment.folder.appending(path: "copy\(end).sqlite").path
            try await deployment.store.pool.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
            }
            let store = try Store.open(at: copy)
            try await store.pool.write { database in
                try database.execute(
                    sql: "DELETE FROM leaf WHERE position < ?",
                    arguments: [end]
                )
            }
            let error = StoreError.damaged(.erasedEarly(UInt64(end)))
            let (key, roots, mark) = (deployment.logKey, try deployment.roots, deployment.mark)
            #expect(throws: error) { try store.check(logKey: key, roots: roots, mark: mark) }
        }
    }

    @Test func `leaves of before the erasure still recover a store that erased them`()
        async throws
    {
        let whole = try Deployment(copyOf: Self.aged.get())
        let old = try whole.leaves()
        try whole.closePast("2027-03-02".day)
        let backup = try Deployment(copyOf: whole)
        #expect(try firstHeld(backup) == 7)
        try whole.closePast("2027-03-05".day)
        let restored = try backup.restored(markedBy: whole)
        let later = try whole.leaves(from: UInt64(old.count))
        let head = LeavesFile.head(
            checkpoint: try whole.newest(),
            run: LogRun(
                before: MerkleTree(),
                leaves: old + later
            )
        )
        let file = head + (try whole.bundle())
        #expect(try restored.recover(file, today: "2027-03-05".day).closes == 3)
        #expect(try restored.checkpoints() == whole.checkpoints())
        #expect(try firstHeld(restored) == 7)
        _ = try restored.check()
    }
}
