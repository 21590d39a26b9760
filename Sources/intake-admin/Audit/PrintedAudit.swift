import IntakeAudit
import IntakeConsole
import SealedIntake

/// An audit's report, for programs.
struct PrintedAudit: Encodable {
    struct Pickup: Encodable {
        let organisation: String
        let lastPickedUp: String?
        let medianDays: UInt32?
        let longestDays: UInt32?
        let waiting: Int
        let overdue: Int

        enum CodingKeys: String, CodingKey {
            case organisation
            case lastPickedUp = "last_picked_up"
            case medianDays = "median_days"
            case longestDays = "longest_days"
            case waiting
            case overdue
        }

        /// Writes null where there is nothing, so that the keys are always the same.
        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(organisation, forKey: .organisation)
            try values.encode(lastPickedUp, forKey: .lastPickedUp)
            try values.encode(medianDays, forKey: .medianDays)
            try values.encode(longestDays, forKey: .longestDays)
            try values.encode(waiting, forKey: .waiting)
            try values.encode(overdue, forKey: .overdue)
        }
    }

    let deployment: String
    let months: [String]
    let first: UInt64
    let size: UInt64
    let closes: Int
    let checkpoints: Int
    let through: String?
    let organisations: [Pickup]
    let notes: [String]

    init(_ report: AuditReport) {
        deployment = Printable.line(report.deployment)
        months = report.months.map { $0.description }
        first = report.leaves.lowerBound
        size = report.leaves.upperBound
        closes = report.closes
        checkpoints = report.checkpoints
        through = report.through.map { $0.description }
        organisations = report.pickups.map { pickup in
            Pickup(
                organisation: pickup.organisation.description,
                lastPickedUp: pickup.lastPickedUp.map { $0.description },
                medianDays: pickup.medianDays,
                longestDays: pickup.longestDays,
                waiting: pickup.waiting,
                overdue: pickup.overdue
            )
        }
        notes = report.notes.map(\.sentence)
    }
}
