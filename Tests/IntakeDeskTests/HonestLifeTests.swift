import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Where everybody is honest, sticks may be lost and brought late and vaults put back from copies,
/// and nobody is accused of anything.
@Suite struct HonestLifeTests {
    @Test func `honest lives raise no alarm and lose nothing`() throws {
        var restores = 0
        for seed in 1...6 as ClosedRange<UInt64> {
            let life = try TestLife(seed: seed)
            var day = TestDesk.today
            for _ in 0..<50 {
                day = day.adding(1)
                try life.live(day)
            }
            try life.settle(day.adding(1))
            #expect(life.alarms.isEmpty, "seed \(seed)")
            let summaries = try life.desk.threads()
            #expect(summaries.map(\.messages).reduce(0, +) == life.reports, "seed \(seed)")
            #expect(summaries.allSatisfy { $0.unsent == 0 }, "seed \(seed)")
            #expect(try life.desk.unreadable().isEmpty, "seed \(seed)")
            _ = try life.desk.journal()
            restores += life.restores
        }
        #expect(restores > 3, "too few lives put a vault back to show anything")
    }
}
