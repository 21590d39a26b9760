import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Who carries the sticks can delay, and nothing else.
@Suite struct DishonestCourierTests {
    @Test(arguments: CourierLie.allCases)
    func `each lie is refused or harmless`(lie: CourierLie) async throws {
        let town = try Town(seed: .random(in: 0...(.max)))
        try await town.begin()
        try await DishonestCourier(town: town).tell(lie)
        try town.end()
    }

    @Test func `no bit of a stick can be another`() async throws {
        let town = try Town(seed: .random(in: 0...(.max)))
        try await town.begin()
        let id = town.world.ids[0]
        try await town.report(to: id)
        try town.world.pass()
        _ = try town.world.stickIn(id)
        let stick = try town.world.folder.read("\(id).in")
        let before = try town.state(of: id)
        for _ in 0..<150 {
            let found = try town.take(stick.flipped(&town.chance), at: id)
            #expect(found.count == 1 && found.allSatisfy(\.isRefusal), "seed \(town.seed)")
        }
        #expect(try town.state(of: id) == before)
        try town.end()
    }
}
