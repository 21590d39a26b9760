/// What choices of a ``TruthDiagram`` came to, of late: a later one takes the place of one before.
///
/// To forget one costs time and changes nothing.
final class TruthMemory {
    private struct Choice {
        var test = 0
        var then = 0
        var other = 0
        var result = 0
    }

    private static let count = 1 << 17

    private let choices: UnsafeMutablePointer<Choice>

    init() {
        choices = .allocate(capacity: Self.count)
        choices.initialize(repeating: Choice(), count: Self.count)
    }

    deinit { choices.deallocate() }

    /// What a choice came to; none that is remembered tests 0.
    func result(_ test: Int, _ then: Int, _ other: Int) -> Int? {
        let choice = choices[Self.hash(test, then, other) & (Self.count - 1)]
        let isIt = choice.test == test && choice.then == then && choice.other == other
        return isIt ? choice.result : nil
    }

    func keep(_ result: Int, _ test: Int, _ then: Int, _ other: Int) {
        let choice = Choice(test: test, then: then, other: other, result: result)
        choices[Self.hash(test, then, other) & (Self.count - 1)] = choice
    }

    /// Three numbers as one, its low bits of all of them.
    static func hash(_ one: Int, _ two: Int, _ three: Int) -> Int {
        let mixed =
            one &* 0x1E37_79B9_7F4A_7C15 &+ two &* 0x3F58_476D_1CE4_E5B9
            &+ three &* 0x14D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
