import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// A reporter whose messages the first desk does not collect, and the second desk that may open
/// them.
struct ReleaseScene {
    let house: TestHouse
    let person: TestPerson
    let overdueDay = TestHouse.today.adding(9)

    init() throws {
        house = try TestHouse()
        person = house.person()
    }

    /// A message to the first desk, which does not collect it; logged on a day.
    func write(
        _ words: String = "Niemand leest dit.",
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report,
        attachments: [UInt8] = []
    ) throws -> TestReporter.Sent {
        let sent = person.releasable(
            words,
            slot: slot,
            kind: kind,
            attachments: attachments,
            to: try house.key(house.first),
            escalation: try house.key(house.second)
        )
        house.server.close(TestHouse.today.adding(1), sent: [sent])
        return sent
    }

    /// Logs envelopes as overdue.
    func logOverdue(_ sent: [TestReporter.Sent]) {
        for message in sent {
            house.server.append(
                .overdue(house.second, message.tag, Digest(of: message.envelope)),
                message.envelope
            )
        }
        house.server.close(overdueDay)
    }

    /// Logs what the second desk gets in its own name, on a later day.
    func logReleases(_ sent: [TestReporter.Sent], on day: Day? = nil) {
        for message in sent {
            house.server.append(
                .submission(house.second, message.tag, Digest(of: message.envelope)),
                message.envelope
            )
        }
        house.server.close(day ?? overdueDay.adding(1))
    }

    func release(
        _ sent: TestReporter.Sent,
        ofSlot released: UInt32 = 7,
        words: String = "",
        slot: UInt32 = 20
    ) throws -> TestReporter.Sent {
        person.release(
            sent,
            ofSlot: released,
            words: words,
            slot: slot,
            to: try house.key(house.second)
        )
    }

    func views() throws -> [ThreadView] {
        let desk = try house.desk(house.second)
        return try desk.threads().map { try desk.thread($0.thread) }
    }

    func reasons() throws -> [UnreadableReason] {
        try house.desk(house.second).unreadable().map(\.reason)
    }
}
