import Testing

@testable import IntakeStore

/// Nobody learns from what is asked whether one report came.
struct CountingStrangerTests {
    /// The most a share of right guesses may be, and how sure this is: a house that gave away more
    /// would pass once in a hundred times.
    private static let most = 0.51
    private static let deviations = 2.33

    @Test(arguments: CountingStranger.Plan.allCases)
    func `who floods and reads all day guesses right at most one in a hundred more often`(
        plan: CountingStranger.Plan
    ) throws {
        let stranger = CountingStranger(plan: plan, event: .report, readings: 2)
        var house = try RealHouse(offset: Chance.offsets(seed: 11))
        // Who looks at every third hour needs more of them to be measured as well.
        let isRare = [.justBelow, .bursts, .adaptive].contains(plan)
        let score = stranger.play(hours: isRare ? 240_000 : 100_000, against: &house, seed: 12)
        #expect(score.guesses > 50_000)
        #expect(
            score.share + Self.deviations * score.deviation <= Self.most,
            "\(plan): \(score.share)"
        )
    }

    @Test func `who reads two thousand times an hour learns no more`() throws {
        let stranger = CountingStranger(plan: .bursts, event: .report, readings: 2000)
        var house = try RealHouse(offset: Chance.offsets(seed: 21))
        let score = stranger.play(hours: 600, against: &house, seed: 22)
        #expect(score.share < 0.5 + 4 * score.deviation, "\(score.share)")
    }

    @Test func `a visit and its covers show nowhere`() throws {
        let stranger = CountingStranger(plan: .bursts, event: .coversOfAVisit, readings: 2)
        var house = try RealHouse(offset: Chance.offsets(seed: 31))
        let score = stranger.play(hours: 240_000, against: &house, seed: 32)
        #expect(score.share + Self.deviations * score.deviation <= Self.most, "\(score.share)")
    }

    /// The same stranger finds each of these faults.
    @Test func `a count without offsets is found`() throws {
        var house = try RealHouse(offset: { 0 })
        #expect(try found(.report, in: &house))
    }

    @Test func `an offset that is drawn once and kept is found`() throws {
        let offset = Chance.offsets(seed: 41)()
        var house = try RealHouse(offset: { offset })
        #expect(try found(.report, in: &house))
    }

    @Test func `an offset that is drawn at each reading is found`() throws {
        var house = RedrawingHouse(seed: 51)
        #expect(try found(.report, in: &house, readings: 2000, hours: 1500))
    }

    @Test func `covers that count are found`() throws {
        var house = try CoverCountingHouse(offset: Chance.offsets(seed: 61))
        #expect(try found(.coversOfAVisit, in: &house))
    }

    @Test func `the count of the running hour is found`() throws {
        var house = try RunningHouse(offset: Chance.offsets(seed: 71))
        #expect(try found(.report, in: &house))
    }

    private func found(
        _ event: CountingStranger.Event,
        in house: inout some CountingHouse,
        readings: Int = 2,
        hours: Int = 10_000
    ) throws -> Bool {
        let stranger = CountingStranger(plan: .bursts, event: event, readings: readings)
        let score = stranger.play(hours: hours, against: &house, seed: 5)
        return score.share > 0.5 + 6 * score.deviation
    }
}
