import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// The log takes a reply of this desk out of the drop, and nobody here asked for it.
@Suite struct NotAskedTests {
    let setting: TestDesk
    let thread: String

    init() throws {
        setting = try TestDesk()
        let reporter = setting.reporter()
        thread = try setting.takeReport(of: reporter)
        let answer = ascii("Fijn dat je dit vertelt.")
        let today = TestDesk.today
        _ = try setting.desk.reply(to: thread, kind: .message, text: answer, today: today)
    }

    /// Logs the replies of the desk, and withdraws some.
    private func log(withdrawing: (OutRow) -> Leaf?) throws -> (Int, [Alarm]) {
        let rows = try setting.export().bundle.rows.filter { $0.kind == .reply }
        let real = try setting.desk.vault.read { cells in
            try cells.records(ReplyRecord.self).filter { !$0.record.isFiller }.map(\.record.tag)
        }
        let leaves = rows.map { Leaf.reply($0.organisation, $0.tag, $0.digest) }
        let taken = rows.filter { real.contains($0.tag) }.compactMap(withdrawing)
        let from = setting.server.leaves.count
        setting.server.close(TestDesk.today.adding(1), others: leaves + taken)
        let outcome = try setting.take(try setting.server.bundle(from: from))
        return (from + leaves.count, outcome.alarms)
    }

    @Test func `it is a lasting alarm, and the reporter waits again`() throws {
        let (entry, alarms) = try log { .withdrawal($0.organisation, $0.tag, $0.digest) }
        let alarm = Alarm.withdrawalNotAsked(leaf: UInt64(entry))
        #expect(alarms == [alarm])
        #expect(alarm.isLasting && alarm.text.contains("leaf \(entry)"))
        #expect(alarm.text.contains("A second copy of this vault does the same"))
        #expect(alarm.text.contains("nobody but the server can have done this"))
        #expect(try setting.desk.thread(thread).summary.state == .new)
        let again = try setting.take(try setting.server.bundle())
        #expect(again.alarms == [alarm], "once, and for good")
    }

    @Test func `also of a reply that this vault does not know`() throws {
        let (entry, alarms) = try log { .withdrawal($0.organisation, $0.tag, Digest(of: [9])) }
        #expect(alarms == [.withdrawalNotAsked(leaf: UInt64(entry))])
    }

    @Test func `what a vault asked for in a life that it lost is none`() throws {
        let server = setting.server
        server.close(TestDesk.today.adding(1))
        let from = server.leaves.count
        let withdrawn = Leaf.withdrawal(setting.organisation, .random(), Digest(of: [9]))
        let lost = try setting.acknowledgement(of: from)
        server.close(TestDesk.today.adding(2), others: [lost, withdrawn])
        let own = try setting.witness(of: from)
        let outcome = try setting.take(try server.bundle(from: from - 1, witnesses: [own]))
        #expect(outcome.alarms == [])
    }

    @Test func `a life that nobody's signature shows explains nothing`() throws {
        let server = setting.server
        server.close(TestDesk.today.adding(1))
        let from = server.leaves.count
        let withdrawn = Leaf.withdrawal(setting.organisation, .random(), Digest(of: [9]))
        let lost = try setting.acknowledgement(of: from)
        server.close(TestDesk.today.adding(2), others: [lost, withdrawn])
        let outcome = try setting.take(try server.bundle(from: from - 1))
        #expect(
            outcome.alarms == [
                .acknowledgementNotGiven(size: UInt64(from), leaf: UInt64(from)),
                .withdrawalNotAsked(leaf: UInt64(from) + 1),
            ]
        )
    }

    @Test func `what was asked for is none`() throws {
        _ = try setting.desk.withdraw(1, in: thread, today: TestDesk.today)
        let (_, alarms) = try log { .withdrawal($0.organisation, $0.tag, $0.digest) }
        #expect(alarms == [])
    }

    @Test func `what another organisation withdrew is none`() throws {
        let other = try #require(OrganisationID(ascii: ascii("ggd")))
        let (_, alarms) = try log { .withdrawal(other, $0.tag, $0.digest) }
        #expect(alarms == [])
    }

    @Test func `what the log had before the vault began is none`() throws {
        let fresh = try TestDesk()
        let leaves = [Leaf.withdrawal(fresh.organisation, .random(), Digest(of: [1]))]
        fresh.server.close(TestDesk.today, directory: fresh.directory(), others: leaves)
        let bundle = try fresh.server.bundle()
        #expect(try fresh.take(bundle, directory: fresh.directory()).alarms == [])
    }

    @Test func `an answer whose tag another organisation took is written again`() throws {
        let other = try #require(OrganisationID(ascii: ascii("ggd")))
        let rows = try setting.export().bundle.rows.filter { $0.kind == .reply }
        let from = setting.server.leaves.count
        let leaves = rows.map { Leaf.reply(other, $0.tag, $0.digest) }
        setting.server.close(TestDesk.today.adding(1), others: leaves)
        let outcome = try setting.take(try setting.server.bundle(from: from))
        #expect(outcome.rewritten == 1)
        #expect(try setting.desk.thread(thread).replies.map(\.number) == [1])
        let again = try setting.export().bundle.rows.filter { $0.kind == .reply }
        #expect(Set(again.map(\.tag)) != Set(rows.map(\.tag)))
    }
}
