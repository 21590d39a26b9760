import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Leaves of months long past go; everything else stays and verifies.
@Suite struct ErasureTests {
    let setting: TestDesk
    /// Where each month's leaves begin.
    let begins: [Int]

    /// Sixteen months of two days each, one report a month; the last is 2028-02.
    init() throws {
        setting = try TestDesk()
        var month = TestDesk.today.month
        var begins: [Int] = []
        for number in 0..<16 {
            begins.append(setting.server.leaves.count)
            let sent = setting.reporter().send("maand \(number)", to: setting.key())
            setting.server.close(month.first.adding(2), sent: [sent])
            setting.server.close(month.first.adding(20))
            month = month.next
        }
        self.begins = begins
    }

    private var directory: SignedNote { setting.directory(expires: Day.last) }

    /// The day at which `month` months of the log have begun.
    private func day(_ month: Int) -> Day {
        (1..<month).reduce(TestDesk.today.month) { last, _ in last.next }.first.adding(25)
    }

    /// Takes the log up to and with a number of months.
    @discardableResult
    private func take(
        months: Int,
        from: Int = 0,
        missing: Set<Int> = [],
        today: Day? = nil
    ) throws -> ImportOutcome {
        let end = months < begins.count ? begins[months] : setting.server.leaves.count
        return try setting.take(
            try setting.server.bundle(from: from, to: end, missing: missing),
            directory: directory,
            today: today ?? day(months)
        )
    }

    private func held() throws -> HeldLog {
        try setting.desk.vault.read { cells in try HeldLog(reading: cells) }
    }

    @Test func `thirteen whole months lie between a month and the one that erases it`() throws {
        try take(months: 14)
        #expect(try held().run.first == 0)
        try take(months: 15)
        #expect(try held().run.first == UInt64(begins[1]))
        #expect(try held().run.before == setting.server.tree(of: begins[1]))
        try take(months: 16)
        #expect(try held().run.first == UInt64(begins[2]))
        #expect(try held().run.leaves == [Leaf](setting.server.leaves.dropFirst(begins[2])))
        let erased = try setting.desk.journal().entries.filter { $0.kind == .erased }
        #expect(erased.map { $0.numbers[0] } == [UInt64(begins[1]), UInt64(begins[2])])
        #expect(try setting.desk.threads().count == 16)
    }

    @Test func `the cells of erased leaves are written anew`() throws {
        try take(months: 14)
        try take(months: 16, from: begins[14])
        let sizes = try setting.desk.vault.read { cells in
            try cells.records(LeavesRecord.self).map(\.record.run.leaves.count)
        }
        #expect(sizes.reduce(0, +) == setting.server.leaves.count - begins[2])
        try take(months: 16)
        #expect(try held().run.first == UInt64(begins[2]))
    }

    @Test func `older sticks double nothing, also those that reach back further`() throws {
        try take(months: 16)
        for (from, months) in [(0, 16), (0, 4), (begins[1], 16), (begins[2], 16), (begins[9], 12)] {
            let outcome = try take(months: months, from: from, today: day(16))
            #expect(outcome.leaves == 0)
            #expect(outcome.messages == 0)
            #expect(outcome.unreadable == 0)
            #expect(outcome.alarms.isEmpty)
            #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        }
        #expect(try setting.desk.threads().count == 16)
        #expect(throws: ContainerError.self) { try take(months: 1, today: day(16)) }
    }

    @Test func `another history before the erased leaves is still found`() throws {
        try take(months: 16)
        let liar = setting.server.twin(until: 0)
        for leaf in setting.server.leaves.reversed() { liar.append(leaf) }
        #expect(try setting.otherHistory(in: try liar.bundle()) == UInt64(begins[2]))
        #expect(try setting.proofs().count == 1)
    }

    @Test func `an entry whose object may still come keeps its month`() throws {
        try take(months: 15, missing: [begins[0]])
        #expect(try held().run.first == 0)
        let missing = try #require(try setting.desk.missing().first)
        _ = try setting.desk.acceptLoss(of: 0, digest: missing.name, today: day(15))
        try take(months: 16, from: begins[15])
        #expect(try held().run.first == UInt64(begins[2]))
        let outcome = try take(months: 16)
        #expect(outcome.messages == 1)
    }

    @Test func `a month before the one that waits goes`() throws {
        try take(months: 1)
        try take(months: 16, from: begins[1], missing: [begins[1]])
        #expect(try held().run.first == UInt64(begins[1]))
        try take(months: 16)
        #expect(try held().run.first == UInt64(begins[2]))
    }

    @Test func `a start nobody accepted and a log ahead of the clock erase nothing`() throws {
        let bundle = try setting.server.bundle(from: begins[1])
        _ = try setting.take(bundle, directory: directory, today: day(16))
        #expect(try held().run.first == UInt64(begins[1]))
        for (months, today) in [(16, TestDesk.today), (14, day(16))] {
            let fresh = try ErasureTests()
            try fresh.take(months: months, today: today)
            #expect(try fresh.held().run.first == 0, "the earlier of the two counts")
        }
    }

    @Test func `a start that moved back and waits for a person erases nothing`() throws {
        _ = try setting.take(
            try setting.server.bundle(from: begins[2], to: begins[14]),
            directory: directory,
            acceptedStart: UInt64(begins[2]),
            today: day(14)
        )
        try take(months: 16, from: begins[1])
        #expect(try held().run.first == UInt64(begins[1]))
    }

    @Test func `after an erasure this desk goes on as before`() throws {
        try take(months: 16)
        let from = setting.server.leaves.count
        let sent = setting.reporter().send("verder", to: setting.key())
        setting.server.close(day(16).adding(1), sent: [sent])
        let outcome = try setting.take(
            try setting.server.bundle(from: from),
            today: day(16).adding(1)
        )
        #expect(outcome.messages == 1)
        #expect(outcome.cosigned == UInt64(from) + 2)
        #expect(try setting.export().bundle.acknowledgement.size == UInt64(from) + 2)
    }
}
