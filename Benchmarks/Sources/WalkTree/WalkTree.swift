import Foundation
import SealedIntake

/// Walks random paths over a tree, and says the seconds: of all walks, and beside them of the raw
/// limit, which is to ask each term of each entry once, as often.
///
/// Usage: `WalkTree TREE COUNT`. The paths are drawn before the clock starts.
@main
struct WalkTree {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[2]), count > 0 else {
            throw WrongUsage()
        }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: arguments[1])))
        let reading = ContinuousClock().measure { _ = try? DecisionTree(bytes: bytes) }
        let tree = try DecisionTree(bytes: bytes)
        var paths = RandomPaths(tree: tree)
        let drawn = (0..<count).map { _ in paths.next() }
        let day = tree.validFrom
        var shown = 0
        let walking = try ContinuousClock().measure {
            for answers in drawn { shown += try tree.walk(answers, on: day).entries.count }
        }
        let terms = tree.entries.flatMap { $0.whens.flatMap { $0 } }
        var known = [Bool](repeating: false, count: tree.facts.count)
        var held = 0
        let raw = ContinuousClock().measure {
            for number in 0..<count {
                known[number % known.count].toggle()
                for term in terms where known[term.fact] != term.isNegated { held += 1 }
            }
        }
        print(walking.seconds, raw.seconds, reading.seconds, terms.count, shown, held)
    }
}

/// How the program is called.
private struct WrongUsage: Error, CustomStringConvertible {
    var description: String { "usage: WalkTree TREE COUNT" }
}

/// Paths to an end, the same ones each time; none ends in danger at its first question, which
/// would be half of them.
private struct RandomPaths {
    let tree: DecisionTree
    private var random = Xorshift()

    init(tree: DecisionTree) { self.tree = tree }

    mutating func next() -> [Answer] {
        var open = [Bool](repeating: false, count: tree.nodes.count)
        open[0] = true
        var lines: [UInt8] = []
        for (index, node) in tree.nodes.enumerated() where open[index] && node.isQuestion {
            let wanted = node.isMany ? 2 : 1
            let ways = node.answers.indices.filter { index > 0 || !isEnd(node.answers[$0]) }
            let first = ways.randomElement(using: &random) ?? 0
            for place in 0..<min(wanted, node.answers.count) {
                let way = node.answers[(first + place) % node.answers.count]
                lines += node.id + [0x3D] + way.id + [0x0A]
                guard case .node(let target) = way.target else { continue }
                open[target] = true
            }
        }
        return Answer.list(lines) ?? []
    }

    private func isEnd(_ way: TreeAnswer) -> Bool {
        if case .outcome = way.target { true } else { false }
    }
}

/// Marsaglia's xorshift64.
private struct Xorshift: RandomNumberGenerator {
    private var state: UInt64 = 88_172_645_463_325_252

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
