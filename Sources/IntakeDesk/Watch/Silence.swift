import SealedIntake

/// Since when this desk waits to see in the log what it sent out.
///
/// ```text
/// u32 day of the answers ‖ u32 day of the acknowledgement ‖ u64 size acknowledged in the log
/// ```
/// A day of 0 stands for nothing that waits.
public struct Silence: Equatable, Sendable {
    /// The day of the first export that carried an answer still not in the log.
    public let answersSince: Day?
    /// The day of the first export that carried an acknowledgement the log has not reached.
    public let acknowledgementSince: Day?
    /// How far the log says this desk acknowledged it.
    let acknowledged: UInt64

    init(answersSince: Day?, acknowledgementSince: Day?, acknowledged: UInt64 = 0) {
        self.answersSince = answersSince
        self.acknowledgementSince = acknowledgementSince
        self.acknowledged = acknowledged
    }

    /// Reads the setting; where it was never set, nothing waits.
    init(setting: [UInt8]) {
        var reader = ByteReader(setting)
        let days = (0..<2).map { _ in (try? reader.u32()) ?? 0 }
        answersSince = days[0] == 0 ? nil : Day(number: days[0])
        acknowledgementSince = days[1] == 0 ? nil : Day(number: days[1])
        acknowledged = (try? reader.u64()) ?? 0
    }

    /// The setting's bytes.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.u32(answersSince?.number ?? 0)
        writer.u32(acknowledgementSince?.number ?? 0)
        writer.u64(acknowledged)
        return writer.bytes
    }

    /// What has waited too long on a day, or nil.
    func overdue(today: Day) -> Silence? {
        func late(_ day: Day?) -> Day? {
            day.flatMap { $0.adding(OutLimits.reminderDays) <= today ? $0 : nil }
        }
        let late = Silence(
            answersSince: late(answersSince),
            acknowledgementSince: late(acknowledgementSince)
        )
        return late.answersSince == nil && late.acknowledgementSince == nil ? nil : late
    }

    /// What happened and what to do.
    var text: String {
        let what =
            switch (answersSince, acknowledgementSince) {
            case (let answers?, let acknowledgement?):
                "What this desk sent out since \(Self.name(min(answers, acknowledgement)))"
            case (let answers?, nil):
                "What this desk sent out on \(Self.name(answers)), beside its confirmation,"
            default:
                "The confirmation that this desk sent out on "
                    + Self.name(acknowledgementSince ?? Day(number: 0))
            }
        return what + " is not in the log after \(OutLimits.reminderDays) days: "
            + "reporters do not have it. Ask the courier and the operator where the stick is. Then bring a new "
            + "export, and a new stick from the server."
    }

    private static func name(_ day: Day) -> String { day.description }
}
