import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// What a hostile desk signs harms nobody but itself.
@Suite struct HostileDeskTests {
    @Test(arguments: DeskLie.allCases)
    func `each of its sticks stops nobody`(lie: DeskLie) async throws {
        let town = try Town(seed: .random(in: 0...(.max)))
        try await town.begin()
        try await #require(HostileDesk(town: town)).tell(lie)
        try town.end()
    }
}
