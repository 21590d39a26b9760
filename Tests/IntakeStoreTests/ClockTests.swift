import Foundation
import GRDB
import SealedIntake
import Stage
import Synchronization
import Testing

@testable import IntakeStore

/// A clock that jumps, stands still or runs ahead; and what the store goes by then.
struct ClockTests {
    /// A clock that nobody sets: seconds since the machine started, as a test lets them pass.
    private final class Running: Sendable {
        private let seconds = Mutex<UInt64>(0)

        var surroundings: Surroundings {
            var surroundings = Surroundings()
            surroundings.running = { self.seconds.withLock { $0 } }
            return surroundings
        }

        func pass(hours: UInt64) { seconds.withLock { $0 += hours * 3600 } }
    }

    private func closeDue(_ deployment: Deployment, at clock: UInt64) throws -> [Day] {
        try deployment.store.closeDueDays(
            at: clock,
            logKey: deployment.logKey,
            mark: deployment.mark
        ).map(\.day)
    }

    private func nlvi(_ deployment: Deployment) throws -> PaperOrganisation {
        try #require(deployment.desks["nl-vi".id])
    }

    @Test(arguments: [1, 2, 100, 4000] as [UInt32])
    func `a clock that jumped ahead closes, promises and erases nothing of it`(
        days: UInt32
    )
        async throws
    {
        let running = Running()
        let deployment = try Deployment(surroundings: running.surroundings)
        let before = try deployment.contents()
        let jump = deployment.today.adding(days).noon
        #expect(try closeDue(deployment, at: jump).isEmpty)
        #expect(
            throws: StoreError.clock(
                .unexplained(clock: deployment.today.adding(days), explained: deployment.today)
            )
        ) {
            try deployment.store.closePastDays(
                at: jump,
                logKey: deployment.logKey,
                mark: deployment.mark
            )
        }
        #expect(throws: StoreError.self) {
            try deployment.store.closeNow(
                at: jump,
                logKey: deployment.logKey,
                mark: deployment.mark
            )
        }
        #expect(try deployment.contents() == before)
        let served = deployment.store.reckoning(at: jump).served
        let promised = try await deployment.store.accept(Samples.text(), at: served)
        #expect(promised == .stored(deployment.today))
        #expect(deployment.store.reckoning(at: jump).errors.count == 1)
    }

    @Test func `the time that the server ran explains as many days, and not one more`() throws {
        let running = Running()
        let deployment = try Deployment(surroundings: running.surroundings)
        let today = deployment.today
        running.pass(hours: 3 * 24)
        #expect(try closeDue(deployment, at: today.adding(3).noon).count == 3)
        #expect(try closeDue(deployment, at: today.adding(5).noon).isEmpty)
        running.pass(hours: 24)
        #expect(try closeDue(deployment, at: today.adding(4).noon) == [today.adding(3)])
    }

    @Test func `half a day of standing still is believed, and not a second more`() throws {
        let running = Running()
        let deployment = try Deployment(surroundings: running.surroundings)
        let limit = deployment.today.noon + 12 * 3600
        #expect(deployment.store.reckoning(at: limit).isExplained)
        #expect(!deployment.store.reckoning(at: limit + 1).isExplained)
        #expect(deployment.store.reckoning(at: limit + 1).today == deployment.today)
    }

    @Test func `what ran is written down and counts after a start`() throws {
        let running = Running()
        let deployment = try Deployment(surroundings: running.surroundings)
        running.pass(hours: 48)
        try deployment.store.keepTime()
        let another = try deployment.another()
        let clock = deployment.today.adding(2).noon
        #expect(another.reckoning(at: clock + 12 * 3600).isExplained)
        #expect(!another.reckoning(at: clock + 14 * 3600).isExplained)
    }

    @Test func `a directory explains the day it was signed on`() throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let day = deployment.today.adding(40)
        #expect(!deployment.store.reckoning(at: day.noon).isExplained)
        let issued = day.description
        try deployment.install(
            deployment.directory(["nl-vi", "helpdesk"], serial: 2, issued: issued),
            today: day
        )
        #expect(try closeDue(deployment, at: day.noon).last == day.previous)
        #expect(!deployment.store.reckoning(at: day.noon + 43_201).isExplained)
    }

    @Test func `a desk's cosignature explains its day, and a spoiled one nothing`() async throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        try deployment.closeNow()
        let day = deployment.today.adding(9)
        try deployment.take(deployment.bundle(on: day))
        let another = try deployment.another()
        #expect(another.reckoning(at: day.noon).isExplained)
        try await deployment.store.pool.write { database in
            let query = "SELECT note FROM acknowledgement"
            let note = try #require(try Row.fetchOne(database, sql: query)).bytes(0).string
            // The first bytes of the time are zeros.
            let line = try #require(note.split(separator: "\n").max { $0.count < $1.count })
            let later = line.replacing("AAAA", with: "AAAC", maxReplacements: 1)
            try database.execute(
                sql: "UPDATE acknowledgement SET note = ?",
                arguments: [Blob([UInt8](note.replacing(line, with: later).utf8))]
            )
        }
        let spoiled = try deployment.another()
        #expect(!spoiled.reckoning(at: day.noon).isExplained)
    }

    @Test func `a typed yesterday explains the clock, an earlier day no more than itself`() throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let (store, today) = (deployment.store, deployment.today)
        let clock = today.adding(6).noon
        #expect(throws: StoreError.notPast(today.adding(6))) {
            try store.explain(past: today.adding(6), at: clock)
        }
        try store.explain(past: today.adding(2), at: clock)
        #expect(store.reckoning(at: clock).today == today.adding(3))
        try store.explain(past: today.adding(5), at: clock)
        #expect(store.reckoning(at: clock + 3600).seconds == clock + 3600)
        let another = try deployment.another()
        #expect(another.reckoning(at: clock).isExplained)
    }

    @Test func `what a jump can erase is told before`() async throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        try await deployment.accept(Samples.text())
        try deployment.take(deployment.bundle([nlvi(deployment).reply()], acknowledges: false))
        try deployment.closeNow()
        for name in ["nl-vi", "helpdesk"] { try deployment.take(deployment.bundle(of: name)) }
        let last = deployment.today.adding(500)
        let replies = try deployment.count("reply")
        let contents = try deployment.contents()
        let forecast = try deployment.store.forecast(through: last)
        #expect(try deployment.contents() == contents)
        let held = try deployment.leaves().count
        let told = ErasureForecast(envelopes: 8, replies: replies, leaves: held)
        #expect(forecast == told)
        try deployment.closePast(last.adding(1))
        #expect(try deployment.count("reply") == 0)
        let left = try await deployment.store.pool.read { database in
            let query = "SELECT COUNT(*) FROM text_body WHERE position < ?"
            return try Int.fetchOne(database, sql: query, arguments: [held])
        }
        #expect(left == 0)
        #expect(try deployment.store.forecast(through: deployment.today).isEmpty)
    }

    @Test func `a log that is ahead serves on by its own day, and erases nothing by it`()
        async throws
    {
        let running = Running()
        let deployment = try Deployment(surroundings: running.surroundings)
        try deployment.take(deployment.bundle([nlvi(deployment).reply()], acknowledges: false))
        try deployment.closeNow()
        let (store, today) = (deployment.store, deployment.today)
        // Somebody typed a wrong year; then the clock is set right.
        try deployment.closePast(today.adding(80))
        let log = today.adding(79)
        let now = today.adding(1).noon
        let reckoning = store.reckoning(at: now)
        #expect(reckoning.isLogAhead)
        #expect(
            reckoning.errors == [
                .explainedLater(clock: today.adding(1), explained: today.adding(80)),
                .beforeLog(clock: today.adding(1), log: log),
            ]
        )
        #expect(Day(unixSeconds: reckoning.served) == log)
        #expect(try closeDue(deployment, at: now).isEmpty)
        let report = try Samples.text()
        #expect(try await store.accept(report, at: reckoning.served) == .stored(log.adding(1)))
        let closed = try store.closeAhead(
            at: now,
            logKey: deployment.logKey,
            mark: deployment.mark
        )
        #expect(closed?.day == log.adding(1))
        #expect(try deployment.leaves().contains { $0.tag.bytes == report.tag.bytes })
        #expect(try deployment.count("reply") == 1)
        _ = try deployment.check()
        // Days go on with the calendar.
        running.pass(hours: 80 * 24)
        #expect(try closeDue(deployment, at: today.adding(82).noon).last == today.adding(81))
        #expect(!store.reckoning(at: today.adding(82).noon).isLogAhead)
        _ = try deployment.check()
    }

    @Test func `a clock before the directory closes nothing and serves the log's day`() throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        try deployment.closeNow()
        let reckoning = deployment.store.reckoning(at: 0)
        #expect(Day(unixSeconds: reckoning.served) == deployment.today)
        #expect(try closeDue(deployment, at: 0).isEmpty)
        #expect(
            try reckoning.errors.first
                == .beforeDirectory(
                    clock: Day(number: 0),
                    issued: "2026-01-01".day
                )
        )
    }

    @Test(arguments: 1...20)
    func `one bit in the day that is closed keeps no day open and closes none`(bit: Int) throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let day = deployment.today
        try deployment.closePast(day.adding(2))
        try deployment.store.pool.write { database in
            try database.execute(
                sql:
                    """
                    UPDATE house
                    SET closed_through = (closed_through | ?1) - (closed_through & ?1)
                    """,
                arguments: [1 << bit]
            )
        }
        #expect(throws: StoreError.damaged(.closedThrough)) { try deployment.check() }
        #expect(try deployment.store.oldestOpenDay() == day.adding(1))
        #expect(try deployment.closePast(day.adding(3)).last?.day == day.adding(2))
        _ = try deployment.check()
    }

    @Test func `a directory installed late in its day explains the rest of that day`() throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let day = deployment.today.adding(3)
        try deployment.install(
            deployment.directory(
                ["nl-vi", "helpdesk"],
                serial: 2,
                issued: day.description
            ),
            today: day
        )
        try deployment.store.keepTime()
        #expect(deployment.store.reckoning(at: day.noon + 43_199).isExplained)
    }

    @Test func `a directory of later than tomorrow is refused`() throws {
        let deployment = try Deployment()
        let issued = deployment.today.adding(2)
        let error = StoreError.clock(
            .directoryOfLater(clock: deployment.today, issued: issued)
        )
        let text = try deployment.directory(
            ["nl-vi", "helpdesk"],
            serial: 2,
            issued: issued.description
        )
        #expect(throws: error) { try deployment.install(text) }
        try deployment.install(text, today: deployment.today.adding(1))
    }

    @Test func `a typed yesterday explains a pause within a day too`() throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let clock = deployment.today.noon + 12 * 3600 + 60
        #expect(!deployment.store.reckoning(at: clock).isExplained)
        try deployment.store.explain(past: Day(unixSeconds: clock).previous, at: clock)
        #expect(deployment.store.reckoning(at: clock).isExplained)
    }

    @Test func `a clock that is set on by half days again and again closes one day at most`()
        throws
    {
        let deployment = try Deployment(surroundings: Running().surroundings)
        var clock = deployment.today.noon
        for _ in 0..<20 {
            clock += 12 * 3600
            _ = try closeDue(deployment, at: clock)
        }
        #expect(try deployment.store.oldestOpenDay() <= deployment.today.adding(1))
    }

    @Test func `a day that was closed before it ended is a log that is ahead`() async throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let today = deployment.today
        try deployment.closePast(today.adding(1))
        let reckoning = deployment.store.reckoning(at: today.noon)
        #expect(reckoning.isLogAhead)
        let report = try Samples.text()
        _ = try await deployment.store.accept(report, at: reckoning.served)
        let closed = try deployment.store.closeAhead(
            at: today.noon,
            logKey: deployment.logKey,
            mark: deployment.mark
        )
        #expect(closed?.day == today.adding(1))
        #expect(try deployment.leaves().contains { $0.tag.bytes == report.tag.bytes })
    }

    @Test func `time that somebody's date explains far beyond the clock is told`() throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        try deployment.closeNow()
        let later = deployment.today.adding(9)
        try deployment.take(deployment.bundle(on: later))
        try deployment.store.keepTime()
        #expect(
            deployment.store.reckoning(at: deployment.today.noon).errors == [
                .explainedLater(clock: deployment.today, explained: later)
            ]
        )
    }

    @Test func `keeping time leaves nothing between what people sent`() async throws {
        let running = Running()
        let deployment = try Deployment(surroundings: running.surroundings)
        try await deployment.accept(Samples.text())
        let log = try Data(contentsOf: URL(filePath: deployment.path + "-wal"))
        for _ in 0..<30 {
            running.pass(hours: 1)
            try deployment.store.keepTime()
        }
        #expect(try Data(contentsOf: URL(filePath: deployment.path + "-wal")) == log)
        #expect(TimeFile(beside: deployment.path).hour == Stamp.hour(of: deployment.noon()) + 30)
    }

    @Test(arguments: ["", "x\n", "12", "-5\n", "99999999999999\n", "1\n2\n"])
    func `what is no hour explains nothing, and a new one takes its place`(text: String) throws {
        let deployment = try Deployment(surroundings: Running().surroundings)
        let path = deployment.path + ".time"
        try Data(text.utf8).write(to: URL(filePath: path))
        #expect(TimeFile(beside: deployment.path).hour == nil)
        let another = try deployment.another()
        #expect(another.reckoning(at: deployment.noon()).isExplained)
        try another.keepTime()
        #expect(TimeFile(beside: deployment.path).hour == Stamp.hour(of: deployment.noon()) + 2)
    }
}
