/// Truth as a reduced ordered decision diagram: equal functions are equal numbers.
///
/// What is always true is ``yes`` and what never is ``no``, so a proof over all combinations is a
/// comparison, and a counter-example is a way through the diagram.
struct TruthDiagram {
    static let no = 0
    static let yes = 1

    private struct Node: Hashable {
        let variable: Int
        let low: Int
        let high: Int
    }

    private struct Choice: Hashable {
        let test: Int
        let then: Int
        let other: Int
    }

    private var nodes = [
        Node(variable: .max, low: 0, high: 0), Node(variable: .max, low: 1, high: 1),
    ]
    private var known: [Node: Int] = [:]
    private var chosen: [Choice: Int] = [:]

    mutating func variable(_ variable: Int) -> Int {
        node(variable, Self.no, Self.yes)
    }

    mutating func not(_ one: Int) -> Int { choose(one, Self.no, Self.yes) }
    mutating func and(_ one: Int, _ other: Int) -> Int { choose(one, other, Self.no) }
    mutating func or(_ one: Int, _ other: Int) -> Int { choose(one, Self.yes, other) }
    mutating func all(_ list: [Int]) -> Int { list.reduce(Self.yes) { and($0, $1) } }
    mutating func any(_ list: [Int]) -> Int { list.reduce(Self.no) { or($0, $1) } }

    /// `then` where the test holds, else `other`.
    mutating func choose(_ test: Int, _ then: Int, _ other: Int) -> Int {
        if test == Self.yes || then == other { return then }
        if test == Self.no { return other }
        if then == Self.yes, other == Self.no { return test }
        let choice = Choice(test: test, then: then, other: other)
        if let found = chosen[choice] { return found }
        let top = min(nodes[test].variable, nodes[then].variable, nodes[other].variable)
        let low = choose(side(test, top, false), side(then, top, false), side(other, top, false))
        let high = choose(side(test, top, true), side(then, top, true), side(other, top, true))
        let made = node(top, low, high)
        chosen[choice] = made
        return made
    }

    /// Variables that make it true with all others false, or nil when nothing does.
    func witness(_ one: Int) -> Set<Int>? {
        guard one != Self.no else { return nil }
        var place = one
        var held: Set<Int> = []
        while place != Self.yes {
            let node = nodes[place]
            if node.low == Self.no {
                held.insert(node.variable)
                place = node.high
            } else {
                place = node.low
            }
        }
        return held
    }

    /// Whether it holds when just these variables do.
    func holds(_ one: Int, _ held: Set<Int>) -> Bool {
        var place = one
        while place > Self.yes {
            let node = nodes[place]
            place = held.contains(node.variable) ? node.high : node.low
        }
        return place == Self.yes
    }

    private func side(_ one: Int, _ variable: Int, _ high: Bool) -> Int {
        let node = nodes[one]
        guard node.variable == variable else { return one }
        return high ? node.high : node.low
    }

    private mutating func node(_ variable: Int, _ low: Int, _ high: Int) -> Int {
        if low == high { return low }
        let node = Node(variable: variable, low: low, high: high)
        if let found = known[node] { return found }
        nodes.append(node)
        known[node] = nodes.count - 1
        return nodes.count - 1
    }
}
