import IntakeDesk
import SealedIntake

/// What waits at one other organisation, as `import --json` prints it.
struct PrintedWaiting: Encodable {
    let organisation: String?
    let count: Int
    let since: String

    init(_ waiting: WaitingElsewhere) {
        organisation = waiting.organisation?.description
        count = waiting.count
        since = String(utf8: waiting.since.text)
    }

    private enum CodingKeys: CodingKey {
        case organisation, count, since
    }

    /// Writes null where the organisation is not known, so that the keys are always the same.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(organisation, forKey: .organisation)
        try container.encode(count, forKey: .count)
        try container.encode(since, forKey: .since)
    }
}
