import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// Every lie of a server comes out where it must, and everybody honest goes on.
@Suite struct DishonestServerTests {
    @Test(arguments: ServerLie.allCases)
    func `each lie comes out`(lie: ServerLie) async throws {
        let town = try Town(seed: .random(in: 0...(.max)))
        try await town.begin()
        #expect(try await DishonestServer(town: town).tell(lie), "it was told")
        try town.end()
    }

    @Test func `what a desk sends and nobody logs is asked after`() async throws {
        let town = try Town(seed: 1)
        try await town.begin()
        let world = town.world
        let id = world.ids[1]
        try await town.report(to: id)
        try world.pass()
        #expect(try town.take(try world.stickIn(id), at: id) == [])
        try town.answer(id)
        _ = try world.stickOut(id)
        try world.pass(days: 13)
        #expect(try town.take(try world.stickIn(id), at: id) == [])
        try world.pass()
        let found = try town.take(try world.stickIn(id), at: id)
        #expect(found == [.alarm("silence", lasting: false)])
        try world.bringBack(try world.stickOut(id))
        try world.pass()
        try town.end()
    }

    @Test func `an honest town is calm`() async throws {
        let town = try Town(seed: 2)
        try await town.begin()
        for id in town.world.ids { try await town.report(to: id) }
        try town.world.pass()
        try town.end()
        #expect(town.seen.values.joined().isEmpty)
    }
}
