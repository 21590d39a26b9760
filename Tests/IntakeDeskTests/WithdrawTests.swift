import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

@Suite struct WithdrawTests {
    let setting: TestDesk
    let reporter: TestReporter
    let thread: String

    init() throws {
        setting = try TestDesk()
        reporter = setting.reporter()
        thread = try setting.takeReport(of: reporter)
        for words in ["een", "twee"] {
            _ = try setting.desk.reply(
                to: thread,
                kind: .message,
                text: ascii(words),
                today: setting.server.today
            )
        }
    }

    private func withdraw(_ number: Int, today: Day = TestDesk.today) throws {
        _ = try setting.desk.withdraw(number, in: thread, today: today)
    }

    private func withdrawals() throws -> [OutRow] {
        try setting.export().bundle.rows.filter { $0.kind == .withdrawal }
    }

    /// Logs leaves on a day and takes them.
    private func log(_ leaves: [Leaf], day: UInt32 = 1) throws {
        let from = setting.server.leaves.count
        setting.server.close(TestDesk.today.adding(day), others: leaves)
        _ = try setting.take(try setting.server.bundle(from: from))
    }

    private func replyLeaves() throws -> [Leaf] {
        try setting.export().bundle.rows.filter { $0.kind == .reply }
            .map { .reply($0.organisation, $0.tag, $0.digest) }
    }

    private func states() throws -> [ThreadView.Reply.Withdrawal?] {
        try setting.desk.thread(thread).replies.map(\.withdrawal)
    }

    @Test func `a reply is asked back until the log has that`() throws {
        try log(try replyLeaves())
        #expect(try withdrawals().isEmpty)
        try withdraw(2)
        #expect(try states() == [nil, .asked])
        let tag = reporter.keys.tags.replyTag(number: 1)
        let rows = try withdrawals()
        #expect(rows.map(\.tag) == [tag])
        #expect(try withdrawals() == rows)
        let digest = try #require(rows.first?.digest)
        try log([.withdrawal(setting.organisation, tag, digest)], day: 2)
        #expect(try states() == [nil, .done(TestDesk.today.adding(2))])
        #expect(try withdrawals().isEmpty)
    }

    @Test func `a reply that is not in the log yet goes out with its withdrawal`() throws {
        try withdraw(1)
        let rows = try setting.export().bundle.rows
        let tag = reporter.keys.tags.replyTag(number: 0)
        #expect(rows.filter { $0.tag == tag }.map(\.kind) == [.reply, .withdrawal])
        #expect(try setting.desk.thread(thread).summary.unsent == 1)
        let leaves = try replyLeaves()
        let digest = try #require(rows.first { $0.tag == tag }?.digest)
        try log(leaves + [.withdrawal(setting.organisation, tag, digest)])
        #expect(try states() == [.done(TestDesk.today.adding(1)), nil])
        let sent = try setting.desk.thread(thread).replies.map(\.sent)
        #expect(sent == [TestDesk.today.adding(1), TestDesk.today.adding(1)])
        #expect(try withdrawals().isEmpty)
        #expect(try !replyLeaves().contains { $0.tag == tag })
    }

    @Test func `a withdrawal of another reply under the same tag is not ours`() throws {
        try withdraw(1)
        let tag = reporter.keys.tags.replyTag(number: 0)
        try log([.withdrawal(setting.organisation, tag, Digest(of: [9]))])
        #expect(try states() == [.asked, nil])
    }

    @Test func `who waits after the only answer was withdrawn waits again`() throws {
        #expect(try setting.desk.thread(thread).summary.state == .answered)
        try withdraw(2)
        #expect(try setting.desk.thread(thread).summary.state == .answered)
        try withdraw(1)
        #expect(try setting.desk.thread(thread).summary.state == .new)
        #expect(try setting.desk.thread(thread).summary.deadline == TestDesk.today.adding(7))
    }

    @Test func `a number is not used again`() throws {
        try withdraw(2)
        let next = try setting.desk.reply(
            to: thread,
            kind: .message,
            text: ascii("drie"),
            today: setting.server.today
        )
        #expect(next.number == 2)
    }

    @Test func `what cannot be withdrawn is refused in words`() throws {
        for number in [0, 3, -1, 64, Int.max] {
            #expect(throws: WithdrawalError.noSuchReply(number)) { try withdraw(number) }
        }
        try withdraw(1)
        #expect(throws: WithdrawalError.askedBefore(1)) { try withdraw(1) }
        let tag = reporter.keys.tags.replyTag(number: 0)
        let digest = try #require(try withdrawals().first?.digest)
        try log(try replyLeaves() + [.withdrawal(setting.organisation, tag, digest)])
        #expect(throws: WithdrawalError.doneBefore(1)) { try withdraw(1) }
        let late = TestDesk.today.adding(92)
        #expect(throws: WithdrawalError.gone(2, days: 90)) { try withdraw(2, today: late) }
        try withdraw(2, today: TestDesk.today.adding(91))
        #expect(throws: RequestError.noSuchThread("0000000000")) {
            try setting.desk.withdraw(1, in: "0000000000", today: TestDesk.today)
        }
    }

    @Test func `a server that fell behind gets back what is young and was not withdrawn`() throws {
        let leaves = try replyLeaves()
        try withdraw(1)
        let tag = reporter.keys.tags.replyTag(number: 0)
        let digest = try #require(try withdrawals().first?.digest)
        try log(leaves + [.withdrawal(setting.organisation, tag, digest)])
        func tags(since day: Day?) throws -> Set<SealedIntake.Tag> {
            try setting.desk.vault.write { cells in
                let directory = try DirectoryTrust(
                    reading: cells,
                    identity: setting.desk.identity
                ).trusted?.directory
                guard let directory else { throw NothingImportedError() }
                let out = try Outgoing(
                    from: cells,
                    organisation: setting.organisation,
                    directory: directory,
                    today: TestDesk.today,
                    loggedSince: day
                )
                return Set(out.rows.filter { $0.kind == .reply }.map(\.tag))
            }
        }
        let young = try tags(since: TestDesk.today.adding(1))
        let logged = Set(leaves.map(\.tag))
        #expect(logged.subtracting(young) == [tag])
        #expect(try tags(since: TestDesk.today.adding(2)).isDisjoint(with: logged))
        #expect(try tags(since: nil).isDisjoint(with: logged))
    }
}
