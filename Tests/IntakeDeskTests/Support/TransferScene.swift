import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Two desks and a reporter who writes to the first and agrees that it is transferred to the second.
struct TransferScene {
    let house: TestHouse
    let person: TestPerson
    let thread: String

    init() throws {
        house = try TestHouse()
        person = house.person()
        thread = String(String(utf8: person.first.keys.threadDigest.hex).prefix(8))
    }

    /// Logs what the first desk gets and takes it.
    func write(_ sent: [TestReporter.Sent], day: UInt32 = 1) throws {
        let from = house.server.leaves.count
        house.server.close(TestHouse.today.adding(day), sent: sent)
        try house.take(house.first, from: from)
    }

    func consent(slot: UInt32 = 30, words: String = "") throws -> TestReporter.Sent {
        person.consent(
            words: words,
            slot: slot,
            to: try house.key(house.first),
            other: try house.key(house.second)
        )
    }

    func message(
        _ words: String,
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report,
        attachments: [UInt8] = []
    ) throws -> TestReporter.Sent {
        person.first.send(
            words,
            slot: slot,
            kind: kind,
            attachments: attachments,
            to: try house.key(house.first)
        )
    }

    func transfer() throws -> TransferOutcome {
        try house.desk(house.first).transfer(thread, today: house.server.today)
    }

    /// Exports at the first desk, logs all of it, and takes it at both.
    @discardableResult
    func carry(day: UInt32) throws -> ImportOutcome {
        let from = house.server.leaves.count
        house.log(try house.export(house.first), on: TestHouse.today.adding(day))
        try house.take(house.first, from: from)
        return try house.take(house.second)
    }

    func received() throws -> ThreadView {
        try house.desk(house.second).thread(String(utf8: person.second.keys.threadDigest.hex))
    }

    func transferred(
        in out: (rows: [OutRow], objects: [Digest: [UInt8]], bytes: [UInt8])
    ) -> [OutRow] {
        out.rows.filter { $0.kind == .transferred }
    }
}
