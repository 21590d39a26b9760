import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// When this desk confirms the log, and when it says why not.
@Suite struct CosigningTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
    }

    private func close(_ days: UInt32, _ words: String) {
        let sent = setting.reporter().send(words, to: setting.key())
        setting.server.close(TestDesk.today.adding(days), sent: [sent])
    }

    /// The out-bundle's checkpoint, verified as a reporter's page does.
    private func cosignedDay() throws -> Day? {
        let out = try setting.export()
        return try out.bundle.checkpoint.cosigned(by: [setting.desk.identity.deskKey])
    }

    @Test func `the cosignature is this desk's, of the day, and goes out`() throws {
        close(0, "een")
        _ = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory(),
            today: TestDesk.today.adding(2)
        )
        let out = try setting.export()
        #expect(out.bundle.acknowledgement.size == 2)
        #expect(out.bundle.acknowledgement.root == setting.server.tree(of: 2).root)
        #expect(try cosignedDay() == TestDesk.today.adding(2))
    }

    @Test func `a missing object is alarmed, not confirmed, and confirmed once it came`() throws {
        close(0, "een")
        let gone = setting.server.leaves.count
        close(1, "twee")
        close(2, "drie")
        let outcome = try setting.take(
            try setting.server.bundle(missing: [gone]),
            directory: setting.directory()
        )
        #expect(outcome.messages == 2)
        #expect(outcome.cosigned == 0)
        let alarm = Alarm.objectsMissing(
            count: 1,
            first: MissingObject(
                index: UInt64(gone),
                day: TestDesk.today.adding(1),
                digest: setting.server.leaves[gone].digest
            )
        )
        #expect(outcome.alarms == [alarm])
        #expect(alarm.text.contains("intake-server export --from \(gone)"))
        #expect(try setting.export().bundle.acknowledgement == .none)
        let again = try setting.take(try setting.server.bundle(missing: [gone]))
        #expect(again.alarms == [alarm])
        let whole = try setting.take(try setting.server.bundle(from: gone))
        #expect(whole.messages == 1)
        #expect(whole.alarms.isEmpty)
        #expect(whole.cosigned == 6)
    }

    @Test func `what was confirmed before stays confirmed while something is missing`() throws {
        close(0, "een")
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        close(1, "twee")
        let outcome = try setting.take(try setting.server.bundle(from: 2, missing: [2]))
        #expect(outcome.cosigned == 2)
        let out = try setting.export()
        #expect(out.bundle.acknowledgement.size == 2)
        #expect(out.bundle.have == 4)
    }

    @Test func `a start in the middle is confirmed only once a person accepted it`() throws {
        close(0, "een")
        close(1, "twee")
        let bundle = try setting.server.bundle(from: 2)
        let first = try setting.take(bundle, directory: setting.directory())
        #expect(first.messages == 1)
        #expect(first.cosigned == 0)
        #expect(first.alarms == [.startNotAccepted(2)])
        #expect(throws: ContainerError.otherStart(given: 3, found: 2)) {
            try setting.take(bundle, acceptedStart: 3)
        }
        let accepted = try setting.take(bundle, acceptedStart: 2)
        #expect(accepted.alarms.isEmpty)
        #expect(accepted.cosigned == 4)
        close(2, "drie")
        #expect(try setting.take(try setting.server.bundle(from: 4)).cosigned == 6)
    }

    @Test func `a start that moves back must be accepted anew, but for the log's beginning`() throws
    {
        for (day, words) in ["een", "twee", "drie"].enumerated() { close(UInt32(day), words) }
        let late = try setting.take(
            try setting.server.bundle(from: 4),
            directory: setting.directory(),
            acceptedStart: 4
        )
        #expect(late.cosigned == 6)
        let further = try setting.take(try setting.server.bundle(from: 2))
        #expect(further.alarms == [.startNotAccepted(2)])
        close(3, "vier")
        let last = TestDesk.today.adding(3)
        let later = try setting.take(try setting.server.bundle(from: 6), today: last)
        #expect(later.cosigned == 6)
        let whole = try setting.take(try setting.server.bundle(), today: last)
        #expect(whole.alarms.isEmpty)
        #expect(whole.cosigned == 8)
    }

    @Test func `a size is cosigned once, on the day it first was`() throws {
        close(0, "een")
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        let first = try setting.export().bundle.checkpoint
        _ = try setting.take(try setting.server.bundle(), today: TestDesk.today.adding(3))
        #expect(try setting.export().bundle.checkpoint == first)
    }

    @Test func `a stick that reaches further back fills in the beginning`() throws {
        close(0, "een")
        close(1, "twee")
        _ = try setting.take(
            try setting.server.bundle(from: 2),
            directory: setting.directory()
        )
        let whole = try setting.take(try setting.server.bundle())
        #expect(whole.leaves == 2)
        #expect(whole.messages == 1)
        #expect(whole.alarms.isEmpty)
        #expect(whole.cosigned == 4)
        let liar = setting.server.twin(until: 0)
        for leaf in setting.server.leaves.reversed() { liar.append(leaf) }
        #expect(try setting.otherHistory(in: try liar.bundle()) == 0)
    }

    @Test func `a beginning that does not lead to the leaves held is refused`() throws {
        close(0, "een")
        close(1, "twee")
        _ = try setting.take(
            try setting.server.bundle(from: 2),
            directory: setting.directory()
        )
        let liar = setting.server.twin(until: 0)
        liar.append(.dayEnd(TestDesk.today))
        liar.append(.dayEnd(TestDesk.today))
        for leaf in setting.server.leaves.dropFirst(2) { liar.append(leaf) }
        #expect(try setting.otherHistory(in: try liar.bundle()) == 2)
    }

    @Test func `an older stick is taken again and changes nothing`() throws {
        close(0, "een")
        let old = try setting.server.bundle()
        close(1, "twee")
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        let again = try setting.take(old)
        #expect(again.leaves == 0)
        #expect(again.cosigned == 4)
        #expect(try setting.export().bundle.acknowledgement.size == 4)
    }

    @Test func `our own acknowledgement going back is a lasting alarm`() throws {
        close(0, "een")
        setting.server.append(
            .acknowledgement(setting.organisation, size: 2, digest: Digest(of: [1]))
        )
        setting.server.append(
            .acknowledgement(setting.organisation, size: 1, digest: Digest(of: [2]))
        )
        setting.server.close(TestDesk.today.adding(1))
        let alarm = Alarm.acknowledgementFell(size: 1, before: 2, leaf: 3)
        let bundle = try setting.server.bundle()
        let outcome = try setting.take(bundle, directory: setting.directory())
        #expect(outcome.alarms == [alarm])
        #expect(outcome.cosigned == 5)
        #expect(try setting.take(bundle).alarms == [alarm])
        #expect(try setting.desk.alarms(today: TestDesk.today) == [alarm])
    }

    @Test func `leaves are kept over many sticks and cells`() throws {
        let other = try #require(OrganisationID(ascii: ascii("helpdesk")))
        for day in 0..<3 as Range<UInt32> {
            let from = setting.server.leaves.count
            let leaves = (0..<(day == 1 ? 9000 : 3)).map { number in
                Leaf.submission(other, .random(), Digest(of: [UInt8(number % 256)]))
            }
            setting.server.close(TestDesk.today.adding(day), others: leaves)
            let outcome = try setting.take(
                try setting.server.bundle(from: from),
                directory: day == 0 ? setting.directory() : nil
            )
            #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        }
        let held = try setting.desk.vault.read { cells in
            try HeldLog(reading: cells)
        }
        #expect(held.run.leaves == setting.server.leaves)
        for size in [0, 1, 4, 4095, 4099, 4100, 4101, 9005, 9009] {
            #expect(held.run.tree(at: UInt64(size)) == setting.server.tree(of: size), "\(size)")
        }
        #expect(held.run.tree(at: 9010) == nil)
        #expect(try setting.take(try setting.server.bundle(from: 4500)).leaves == 0)
    }
}
