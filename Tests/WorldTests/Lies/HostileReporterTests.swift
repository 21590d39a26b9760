import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Nothing that anybody posts stops a desk, or reaches into the thread of another.
@Suite struct HostileReporterTests {
    @Test(arguments: ReporterLie.allCases)
    func `each lie stops nobody`(lie: ReporterLie) async throws {
        let town = try Town(seed: .random(in: 0...(.max)))
        try await town.begin()
        try await #require(HostileReporter(town: town)).tell(lie)
        try town.end()
    }
}
