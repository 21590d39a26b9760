import SealedIntake

/// Complete walks over a tree, drawn at random; the reporter in Python draws the same ones.
///
/// Each open question gets an answer, one of many about a quarter of all, and danger is taken only
/// where it is drawn twice.
struct RandomWalks {
    let tree: DecisionTree
    private var random: SplitRandom

    init(over tree: DecisionTree, seed: UInt64) {
        self.tree = tree
        random = SplitRandom(seed: seed)
    }

    /// The next walk, in the order of the tree.
    mutating func next() -> [Answer] {
        var open = [true] + [Bool](repeating: false, count: tree.nodes.count - 1)
        var known = [Bool](repeating: false, count: tree.facts.count)
        var answers: [Answer] = []
        for (index, node) in tree.nodes.enumerated() where open[index] {
            var targets: [TreeTarget] = []
            switch node.kind {
            case .question(let isMany, let ways):
                for way in drawn(from: ways, isMany: isMany) {
                    answers += Answer.list(node.id + [0x3D] + way.id + [0x0A]) ?? []
                    for fact in way.facts { known[fact] = true }
                    targets.append(way.target)
                }
            case .rule(let cases):
                let holding = cases.first { one in
                    one.terms.allSatisfy { known[$0.fact] != $0.isNegated }
                }
                if let holding { targets.append(holding.target) }
            }
            for case .node(let target) in targets { open[target] = true }
            if targets.contains(where: isDanger) { return answers }
        }
        return answers
    }

    private mutating func drawn(from ways: [TreeAnswer], isMany: Bool) -> [TreeAnswer] {
        let count = UInt64(ways.count)
        var chosen = random.next() % count
        if isDanger(ways[Int(chosen)].target) { chosen = random.next() % count }
        var bits = isMany ? random.next() & random.next() & ((1 << count) - 1) : 0
        if bits == 0 { bits = 1 << chosen }
        return ways.indices.filter { bits >> UInt64($0) & 1 == 1 }.map { ways[$0] }
    }

    private func isDanger(_ target: TreeTarget) -> Bool {
        if case .outcome(let index) = target { tree.outcomes[index].kind == .danger } else { false }
    }
}
