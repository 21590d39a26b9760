import Testing

@testable import SealedIntake

/// How long anything is kept, in the protocol's own numbers.
struct KeepingTests {
    @Test func `envelopes are kept thirty days, replies ninety`() {
        #expect(Keeping.envelopeDays == 30)
        #expect(Keeping.replyDays == 90)
    }

    @Test(arguments: [
        ("2025-01", "2026-02", false), ("2025-01", "2026-03", true), ("2025-01", "2030-01", true),
        ("2025-12", "2027-01", false), ("2025-12", "2027-02", true), ("2026-03", "2026-03", false),
    ])
    func `a month is over in the fourteenth month after it`(
        month: String,
        later: String,
        isOver: Bool
    ) throws {
        let (month, later) = (
            try #require(Month(text: [UInt8](month.utf8))),
            try #require(Month(text: [UInt8](later.utf8)))
        )
        #expect(Keeping.isOver(month, in: later) == isOver)
        #expect((month <= Keeping.lastOver(in: later)) == isOver)
    }
}
