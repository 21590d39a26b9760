import Foundation
import Testing

/// Random liars at random moments; a failing run prints the seed by which it can be had again.
@Suite struct CampaignTests {
    /// Seeds of this run: one of `INTAKE_SEED`, or as many random ones as `INTAKE_LIES` says.
    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["INTAKE_SEED"].flatMap({ UInt64($0) }) { return [seed] }
        let count = environment["INTAKE_LIES"].flatMap { Int($0) } ?? Campaign.usual
        return (0..<count).map { _ in .random(in: 0...(.max)) }
    }()

    @Test(arguments: seeds)
    func `whoever lies is found out, and everybody honest goes on`(seed: UInt64) async throws {
        try await Campaign(seed: seed).run()
    }
}
