import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// A desk's clock that cannot be right, and a log that is ahead of it.
@Suite struct ClockDoubtTests {
    private let setting: TestDesk
    private let reporter: TestReporter

    init() throws {
        setting = try TestDesk()
        reporter = setting.reporter()
        let sent = [reporter.send("help", to: setting.key())]
        setting.server.close(TestDesk.today, directory: setting.directory(), sent: sent)
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
    }

    private var thread: String {
        String(String(utf8: reporter.keys.threadDigest.hex).prefix(8))
    }

    private func reply(on day: Day, isDayTyped: Bool = false) throws {
        _ = try setting.desk.reply(
            to: thread,
            kind: .message,
            text: ascii("antwoord"),
            today: day,
            isDayTyped: isDayTyped
        )
    }

    @Test func `long before the directory was signed no reply is written, typed or not`() throws {
        let issued = try Directory(text: setting.directoryText()).issued
        let early = Day(number: issued.number - 3)
        let error = ClockDoubtError.before(clock: early, certain: issued)
        for isTyped in [false, true] {
            #expect(throws: error) { try reply(on: early, isDayTyped: isTyped) }
        }
        #expect(try setting.desk.alarms(today: early).contains(.clock(error)))
        // Two clocks may differ.
        try reply(on: early.adding(1))
    }

    @Test func `before this program was no clock is right`() throws {
        let early = Clock.earliest.previous
        let alarms = try setting.desk.alarms(today: early)
        let certain = try Directory(text: setting.directoryText()).issued
        #expect(alarms.contains(.clock(.before(clock: early, certain: certain))))
    }

    @Test func `a log two days ahead is taken, three are not, unless the day is typed`() throws {
        let today = TestDesk.today
        for ahead in 1...3 as ClosedRange<UInt32> { setting.server.close(today.adding(ahead)) }
        let outcome = try setting.take(try setting.server.bundle(), today: today.adding(1))
        #expect(outcome.alarms.isEmpty)
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        let error = ClockDoubtError.logAhead(clock: today, log: today.adding(3))
        #expect(throws: error) { try reply(on: today) }
        #expect(try setting.desk.alarms(today: today) == [.clock(error)])
        try reply(on: today, isDayTyped: true)
        try reply(on: today.adding(1))
    }

    @Test func `nothing is confirmed while the log is ahead, and all is when the days fit`() throws
    {
        let today = TestDesk.today
        let before = try setting.export().bundle.acknowledgement.size
        for ahead in 1...3 as ClosedRange<UInt32> { setting.server.close(today.adding(ahead)) }
        let bundle = try setting.server.bundle()
        #expect(try setting.take(bundle, today: today).cosigned == before)
        let later = try setting.take(bundle, today: today.adding(1))
        #expect(later.cosigned == UInt64(setting.server.leaves.count))
    }
}
