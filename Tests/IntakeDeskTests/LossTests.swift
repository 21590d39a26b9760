import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Giving up by name what never came.
@Suite struct LossTests {
    let setting: TestDesk

    /// Three days, of which the envelopes of the first two do not travel.
    init() throws {
        setting = try TestDesk()
        for day in 0..<3 as Range<UInt32> {
            let sent = setting.reporter().send("dag \(day)", to: setting.key())
            setting.server.close(TestDesk.today.adding(day), sent: [sent])
        }
        _ = try setting.take(
            try setting.server.bundle(missing: [0, 2]),
            directory: setting.directory()
        )
    }

    private func name(_ entry: Int, _ digits: Int = 8) -> String {
        String(String(utf8: setting.server.leaves[entry].digest.hex).prefix(digits))
    }

    private func accept(_ entry: UInt64, _ digest: String) throws -> LossOutcome {
        try setting.desk.acceptLoss(of: entry, digest: digest, today: TestDesk.today)
    }

    @Test func `the alarm names entry, day, digest and both ways out`() throws {
        let alarm = try #require(try setting.desk.alarms(today: TestDesk.today).first)
        for words in ["2 envelopes", "leaf 0 of 2026-11-23", name(0), "--from 0", "accept-loss"] {
            #expect(alarm.text.contains(words), "\(words) in \(alarm.text)")
        }
        #expect(!alarm.isLasting)
    }

    @Test func `after the last loss is accepted this desk cosigns at once`() throws {
        let first = try accept(0, name(0))
        #expect(first.cosigned == 0)
        #expect(first.missing.map(\.index) == [2])
        let second = try accept(2, name(2, 64).uppercased())
        #expect(second.missing.isEmpty)
        #expect(second.cosigned == 6)
        #expect(try setting.desk.alarms(today: TestDesk.today).isEmpty)
        #expect(try setting.export().bundle.acknowledgement.size == 6)
        let entries = try setting.desk.journal().entries.filter { $0.kind == .lossAccepted }
        #expect(entries.map { $0.numbers[0] } == [0, 2])
        #expect(entries.map(\.digest) == [0, 2].map { setting.server.leaves[$0].digest })
    }

    @Test func `a loss alone does not cosign what something else holds up`() throws {
        let fresh = try TestDesk()
        let sent = fresh.reporter().send("help", to: fresh.key())
        fresh.server.close(TestDesk.today)
        fresh.server.close(TestDesk.today.adding(1), sent: [sent])
        _ = try fresh.take(
            try fresh.server.bundle(from: 1, missing: [1]),
            directory: fresh.directory()
        )
        let missing = try #require(try fresh.desk.missing().first)
        let outcome = try fresh.desk.acceptLoss(
            of: missing.index,
            digest: missing.name,
            today: TestDesk.today
        )
        #expect(outcome.cosigned == 0)
        #expect(try fresh.desk.alarms(today: TestDesk.today) == [.startNotAccepted(1)])
    }

    @Test func `what was given up and comes all the same is taken`() throws {
        _ = try accept(0, name(0))
        let outcome = try setting.take(try setting.server.bundle(missing: [2]))
        #expect(outcome.messages == 1)
        #expect(try setting.desk.missing().map(\.index) == [2])
        #expect(try setting.take(try setting.server.bundle()).messages == 1)
        #expect(try setting.desk.threads().count == 3)
        #expect(try setting.take(try setting.server.bundle()).messages == 0)
    }

    @Test func `what is not named exactly is not given up`() throws {
        let before = try setting.contents()
        for typed in ["", "1234567", name(0, 7), "zz345678", name(0, 64) + "0", "\u{1B}[2J"] {
            #expect(throws: LossError.notADigest(typed)) { try accept(0, typed) }
        }
        #expect(throws: LossError.otherDigest(index: 0)) { try accept(0, name(2)) }
        #expect(throws: LossError.notMissing(index: 4)) { try accept(4, name(4)) }
        #expect(throws: LossError.notMissing(index: 1)) { try accept(1, name(0)) }
        #expect(try setting.contents() == before)
        _ = try accept(0, name(0))
        #expect(throws: LossError.notMissing(index: 0)) { try accept(0, name(0)) }
    }
}
