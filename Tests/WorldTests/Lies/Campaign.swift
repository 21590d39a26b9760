import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// One run: honest days, a few liars at random moments, and honest days again.
struct Campaign {
    /// Runs of a test run; more where `INTAKE_LIES` says so.
    static let usual = 200

    let town: Town

    init(seed: UInt64) throws { town = try Town(seed: seed) }

    /// Lives the run; every lie is held to what must come of it while it is told, and everybody
    /// honest at the end.
    func run() async throws {
        try await town.begin()
        let lies = town.chance.happens(onceIn: 6) ? 0 : Int.random(in: 1...4, using: &town.chance)
        for _ in 0..<lies {
            if town.chance.happens(onceIn: 3) { try await day() }
            try await lie()
        }
        try town.end()
        if lies == 0 { #expect(town.seen.values.joined().isEmpty, "seed \(town.seed)") }
    }

    /// An honest day in between.
    private func day() async throws {
        let id = town.chance.pick(town.working)
        try await town.report(to: id)
        try town.carry(id)
        try town.answer(id)
        try town.world.pass()
    }

    private func lie() async throws {
        switch Int.random(in: 0..<6, using: &town.chance) {
        case 0: try await DishonestCourier(town: town).tell(town.chance.pick(CourierLie.allCases))
        case 1: try await HostileDesk(town: town)?.tell(town.chance.pick(DeskLie.allCases))
        case 2:
            try await HostileReporter(town: town)?.tell(town.chance.pick(ReporterLie.allCases))
        default:
            try await DishonestServer(town: town).tell(town.chance.pick(ServerLie.allCases))
        }
    }
}
