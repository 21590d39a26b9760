/// Truth as a reduced ordered decision diagram: equal functions are equal numbers.
///
/// What is always true is ``yes`` and what never is ``no``, so a proof over all combinations is a
/// comparison, and a counter-example is a way through the diagram.
struct TruthDiagram {
    static let no = 0
    static let yes = 1

    private let nodes = TruthTable()
    private let remembered = TruthMemory()

    mutating func variable(_ variable: Int) -> Int {
        nodes.node(variable, Self.no, Self.yes)
    }

    mutating func not(_ one: Int) -> Int { choose(one, Self.no, Self.yes) }
    mutating func and(_ one: Int, _ other: Int) -> Int { choose(one, other, Self.no) }
    mutating func or(_ one: Int, _ other: Int) -> Int { choose(one, Self.yes, other) }
    mutating func without(_ one: Int, _ other: Int) -> Int { choose(other, Self.no, one) }
    mutating func all(_ list: [Int]) -> Int { list.reduce(Self.yes) { and($0, $1) } }

    /// Two by two: what is joined stays small as long as it can.
    mutating func any(_ list: [Int]) -> Int {
        var left = list
        while left.count > 1 {
            var joined: [Int] = []
            for place in stride(from: 0, to: left.count, by: 2) {
                let one = left[place]
                joined.append(place + 1 < left.count ? or(one, left[place + 1]) : one)
            }
            left = joined
        }
        return left.first ?? Self.no
    }

    /// `then` where the test holds, else `other`.
    mutating func choose(_ test: Int, _ then: Int, _ other: Int) -> Int {
        if test == Self.yes || then == other { return then }
        if test == Self.no { return other }
        if then == Self.yes, other == Self.no { return test }
        // The same said in one way: a or b is b or a, and so is a and b.
        if then == Self.yes || then == test, other < test { return choose(other, Self.yes, test) }
        if other == Self.no || other == test, then < test { return choose(then, test, Self.no) }
        if let found = remembered.result(test, then, other) { return found }
        let rows = nodes.rows
        let top = min(rows[test].variable, rows[then].variable, rows[other].variable)
        let low = choose(side(test, top, false), side(then, top, false), side(other, top, false))
        let high = choose(side(test, top, true), side(then, top, true), side(other, top, true))
        let made = nodes.node(top, low, high)
        remembered.keep(made, test, then, other)
        return made
    }

    /// Variables that make it true with all others false, or nil when nothing does.
    func witness(_ one: Int) -> Set<Int>? {
        guard one != Self.no else { return nil }
        var place = one
        var held: Set<Int> = []
        while place != Self.yes {
            let row = nodes.rows[place]
            if row.low == Self.no { held.insert(row.variable) }
            place = row.low == Self.no ? row.high : row.low
        }
        return held
    }

    /// Whether it holds when just these variables do.
    func holds(_ one: Int, _ held: Set<Int>) -> Bool {
        var place = one
        while place > Self.yes {
            let row = nodes.rows[place]
            place = held.contains(row.variable) ? row.high : row.low
        }
        return place == Self.yes
    }

    private func side(_ one: Int, _ variable: Int, _ high: Bool) -> Int {
        let row = nodes.rows[one]
        guard row.variable == variable else { return one }
        return high ? row.high : row.low
    }
}
