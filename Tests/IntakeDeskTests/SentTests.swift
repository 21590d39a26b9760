import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What was sent out, held against the log.
@Suite struct SentTests {
    let setting: TestDesk
    let reporter: TestReporter
    let thread: String

    /// A desk with one thread that cosigned two days.
    init() throws {
        setting = try TestDesk()
        reporter = setting.reporter()
        thread = try setting.takeReport(of: reporter)
    }

    @discardableResult
    private func reply(_ words: String, days: UInt32 = 0) throws -> WrittenReply {
        try setting.desk.reply(
            to: thread,
            kind: .message,
            text: ascii(words),
            today: TestDesk.today.adding(days)
        )
    }

    private func export(days: UInt32 = 0) throws -> OutBundle {
        _ = try setting.desk.export(
            to: setting.folder.file("out.bundle"),
            today: TestDesk.today.adding(days)
        )
        var source = ArraySource(try setting.folder.read("out.bundle"))
        return try OutBundle(from: &source, directory: Directory(text: setting.directoryText()))
    }

    private func acknowledge(_ bundle: OutBundle) {
        setting.server.append(
            .acknowledgement(
                setting.organisation,
                size: bundle.acknowledgement.size,
                digest: bundle.checkpoint.note.digest
            )
        )
    }

    /// Closes a day as an honest server does, but without what is kept back.
    private func close(
        _ bundle: OutBundle,
        days: UInt32 = 0,
        without kept: Int = 0
    ) {
        acknowledge(bundle)
        for row in bundle.rows.dropLast(kept) {
            setting.server.append(.reply(row.organisation, row.tag, row.digest))
        }
        setting.server.close(TestDesk.today.adding(days))
    }

    private func take(days: UInt32 = 0) throws -> ImportOutcome {
        try setting.take(try setting.server.bundle(), today: TestDesk.today.adding(days))
    }

    @Test func `an honest close answers a bundle whole`() throws {
        try reply("een")
        close(try export())
        #expect(try take().alarms.isEmpty)
        close(try export(days: 1), days: 1)
        #expect(try take(days: 1).alarms.isEmpty)
        #expect(try take(days: 20).alarms.contains { $0.isLasting } == false)
    }

    @Test func `an acknowledgement logged without its replies is a lasting alarm`() throws {
        try reply("een")
        let entry = UInt64(setting.server.leaves.count)
        close(try export(), without: 1)
        let alarm = Alarm.sentWithheld(count: 1, size: 3, leaf: entry)
        let outcome = try take()
        #expect(outcome.alarms == [alarm])
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        #expect(alarm.isLasting)
        #expect(try take().alarms == [alarm])
        let again = try export()
        close(again, days: 1)
        #expect(try take(days: 1).alarms == [alarm])
    }

    @Test func `the same acknowledgement again accuses no second time`() throws {
        let bundle = try export()
        let entry = UInt64(setting.server.leaves.count)
        close(bundle, without: 1)
        let alarm = Alarm.sentWithheld(count: 1, size: 3, leaf: entry)
        #expect(try take().alarms == [alarm])
        acknowledge(bundle)
        setting.server.close(TestDesk.today.adding(1))
        #expect(try take(days: 1).alarms == [alarm])
    }

    @Test func `replies that the log had before its acknowledgement count`() throws {
        let bundle = try export()
        for row in bundle.rows {
            setting.server.append(.reply(row.organisation, row.tag, row.digest))
        }
        setting.server.close(TestDesk.today)
        #expect(try take().alarms.isEmpty)
        acknowledge(bundle)
        setting.server.close(TestDesk.today.adding(1))
        #expect(try take(days: 1).alarms.isEmpty)
    }

    @Test func `a day that has not ended yet accuses nobody`() throws {
        let bundle = try export()
        acknowledge(bundle)
        let half = try take()
        #expect(half.alarms.isEmpty)
        for row in bundle.rows {
            setting.server.append(.reply(row.organisation, row.tag, row.digest))
        }
        setting.server.close(TestDesk.today)
        #expect(try take().alarms.isEmpty)
    }

    @Test func `a day cut in two by the stick is still held to its end`() throws {
        let bundle = try export()
        let entry = UInt64(setting.server.leaves.count)
        acknowledge(bundle)
        #expect(try take().alarms.isEmpty)
        setting.server.close(TestDesk.today)
        #expect(try take().alarms == [.sentWithheld(count: 4, size: 3, leaf: entry)])
    }

    @Test func `only the first bundle of a size is expected with it`() throws {
        let first = try export()
        for number in 0..<5 { try reply("antwoord \(number)") }
        #expect(try export().rows.count > first.rows.count)
        close(first)
        #expect(try take().alarms.isEmpty)
    }

    @Test func `a lost stick and a later acknowledgement accuse nobody`() throws {
        _ = try export()
        setting.server.close(TestDesk.today.adding(1))
        _ = try take(days: 1)
        close(try export(days: 1), days: 2)
        #expect(try take(days: 2).alarms.isEmpty)
    }

    @Test func `an acknowledgement from before a bundle does not speak of it`() throws {
        let size = setting.server.leaves.count
        setting.server.append(try setting.acknowledgement(of: size))
        setting.server.close(TestDesk.today)
        _ = try export(days: 1)
        #expect(try take(days: 1).alarms.isEmpty)
    }

    @Test func `a reply whose number is taken is written again under the next`() throws {
        try reply("nieuw geschreven")
        let out = try export()
        let tag = reporter.keys.tags.replyTag(number: 0)
        acknowledge(out)
        for row in out.rows {
            let digest = row.tag == tag ? Digest(of: [9]) : row.digest
            setting.server.append(.reply(row.organisation, row.tag, digest))
        }
        setting.server.close(TestDesk.today)
        let outcome = try take()
        #expect(outcome.rewritten == 1)
        #expect(outcome.alarms.isEmpty)
        #expect(try take().rewritten == 0)
        let (bundle, objects, _) = try setting.export()
        let next = reporter.keys.tags.replyTag(number: 1)
        let place = try #require(bundle.rows.firstIndex { $0.tag == next })
        #expect(!bundle.rows.contains { $0.tag == tag })
        let opened = reporter.open(objects[place], number: 1, deskKeys: setting.deskKeys)
        #expect(opened?.text == ascii("nieuw geschreven"))
        #expect(try setting.desk.thread(thread).replies.map(\.number) == [1])
        let entry = try #require(try setting.desk.journal().entries.last { $0.kind == .renumbered })
        #expect(entry.numbers == [0, 1, 0])
        #expect(entry.digest == bundle.rows[place].digest)
        close(bundle, days: 1)
        #expect(try take(days: 1).alarms.isEmpty)
        #expect(try setting.desk.thread(thread).replies.map(\.sent) == [TestDesk.today.adding(1)])
    }

    @Test func `a number taken twice from one reply is a lasting alarm`() throws {
        try reply("nieuw geschreven")
        for number in 0..<2 as Range<UInt32> {
            setting.server.append(
                .reply(
                    setting.organisation,
                    reporter.keys.tags.replyTag(number: number),
                    Digest(of: [9])
                )
            )
            let entry = UInt64(setting.server.leaves.count) - 1
            setting.server.close(TestDesk.today)
            let outcome = try take()
            #expect(outcome.rewritten == 1)
            #expect(
                outcome.alarms == (number == 0 ? [] : [.replySwapped(number: 1, leaf: entry)])
            )
        }
        #expect(try setting.desk.thread(thread).replies.map(\.number) == [2])
    }

    @Test func `a thread without a free number keeps its reply`() throws {
        for number in 0..<64 { try reply("antwoord \(number)") }
        setting.server.append(
            .reply(
                setting.organisation,
                reporter.keys.tags.replyTag(number: 5),
                Digest(of: [9])
            )
        )
        setting.server.close(TestDesk.today)
        #expect(try take().rewritten == 0)
        #expect(try setting.desk.thread(thread).replies.count == 64)
    }
}
