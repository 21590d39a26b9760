import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Two weeks without a sign of what was sent out.
@Suite struct SilenceTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        setting.server.close(TestDesk.today, directory: setting.directory())
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
    }

    private func export(_ days: UInt32) throws -> [Alarm] {
        try setting.desk.export(
            to: setting.folder.file("out.bundle"),
            today: TestDesk.today.adding(days)
        ).alarms
    }

    private func alarms(_ days: UInt32) throws -> [Alarm] {
        try setting.desk.alarms(today: TestDesk.today.adding(days)).filter {
            if case .silence = $0 { true } else { false }
        }
    }

    /// Closes a day with what the last stick carried.
    private func log(
        _ days: UInt32,
        rows: Bool = true,
        acknowledgement: Bool = true
    ) throws {
        var source = ArraySource(try setting.folder.read("out.bundle"))
        let bundle = try OutBundle(
            from: &source,
            directory: Directory(text: setting.directoryText())
        )
        if acknowledgement {
            setting.server.append(
                .acknowledgement(
                    setting.organisation,
                    size: bundle.acknowledgement.size,
                    digest: bundle.checkpoint.note.digest
                )
            )
        }
        for row in bundle.rows where rows {
            setting.server.append(.reply(row.organisation, row.tag, row.digest))
        }
        setting.server.close(TestDesk.today.adding(days))
        _ = try setting.take(
            try setting.server.bundle(),
            today: TestDesk.today.adding(days)
        )
    }

    @Test func `after 14 days a person is reminded, not a day sooner`() throws {
        _ = try export(1)
        #expect(try alarms(14).isEmpty)
        let reminder = try #require(try alarms(15).first)
        #expect(!reminder.isLasting)
        #expect(reminder.heading == "REMINDER")
        #expect(reminder.text.contains("sent out since 2026-11-24 is not in the log"))
        #expect(try export(15).contains(reminder))
    }

    @Test func `writing the stick again does not begin anew`() throws {
        _ = try export(1)
        _ = try export(10)
        #expect(try alarms(15).count == 1)
    }

    @Test func `what the log has ends the reminder`() throws {
        _ = try export(1)
        try log(15)
        #expect(try alarms(100).isEmpty)
    }

    @Test func `a log that goes on without any of it is reminded of at each import`() throws {
        _ = try export(1)
        for days in [3, 10, 16] as [UInt32] {
            setting.server.close(TestDesk.today.adding(days))
            let outcome = try setting.take(
                try setting.server.bundle(),
                today: TestDesk.today.adding(days)
            )
            #expect(outcome.alarms.count == (days == 16 ? 1 : 0))
            _ = try export(days)
        }
    }

    @Test func `answers alone, and the confirmation alone`() throws {
        _ = try export(1)
        try log(2, rows: false)
        let answers = try #require(try alarms(15).first)
        #expect(answers.text.hasPrefix("What this desk sent out on 2026-11-24, beside its"))
        let other = try SilenceTests()
        _ = try other.export(1)
        try other.log(2, acknowledgement: false)
        let confirmation = try #require(try other.alarms(15).first)
        #expect(
            confirmation.text.hasPrefix(
                "The confirmation that this desk sent out on 2026-11-24"
            )
        )
    }

    @Test func `a later confirmation stands for an earlier one`() throws {
        _ = try export(1)
        setting.server.close(TestDesk.today.adding(7))
        _ = try setting.take(try setting.server.bundle(), today: TestDesk.today.adding(7))
        _ = try export(7)
        try log(8)
        #expect(try alarms(30).isEmpty)
    }

    @Test func `a desk that never sent anything is reminded of nothing`() throws {
        #expect(try alarms(300).isEmpty)
    }
}
