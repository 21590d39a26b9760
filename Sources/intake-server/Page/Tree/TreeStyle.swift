import SealedIntake

/// The style rules that show what fits the answers.
///
/// The browser itself walks the tree: each formula becomes a selector, so the page works without
/// a script and no answer has to leave it. What a rule shows is hidden by `tree.css`; a browser
/// that does not know `:has()` shows all of it, as a form on paper does.
struct TreeStyle {
    private let tree: DecisionTree
    private let endings: [TreeEnding]

    init(_ tree: DecisionTree, _ endings: [TreeEnding]) {
        self.tree = tree
        self.endings = endings
    }

    /// The rules, a line each.
    func css() -> String {
        let asking = TreeFormulas(tree, at: .asking)
        let complete = TreeFormulas(tree, at: .complete)
        var rules: [String] = []
        for index in tree.nodes.indices where tree.nodes[index].isQuestion {
            rules.append(rule(asking.reached[index], asking, ["#q\(index)"], "--asked:1;"))
        }
        for ending in endings {
            let formulas = ending.kind == .danger ? asking : complete
            let place = "." + ending.name
            rules.append(rule(ending.when, asking, [place], "--ended:1;"))
            var shown: [Formula: [String]] = [:]
            var order: [Formula] = []
            let named =
                ending.outcomes.map { ($0.when, ".o\($0.index)") }
                + ending.entries.map { ($0.when, ".e\($0.index)") }
                + blocks(of: ending)
            for (when, name) in named {
                if shown[when] == nil { order.append(when) }
                shown[when, default: []].append(place + " " + name)
            }
            rules += order.map { rule($0, formulas, shown[$0] ?? []) }
        }
        return rules.joined(separator: "\n")
    }

    /// A block is there when one of its entries is.
    private func blocks(of ending: TreeEnding) -> [(Formula, String)] {
        let blocks = Dictionary(grouping: ending.entries) { tree.entries[$0.index].block }
        return blocks.sorted { $0.key.rawValue < $1.key.rawValue }.map { block, entries in
            (.some(entries.map(\.when)), ".b\(block.rawValue)")
        }
    }

    private func rule(
        _ formula: Formula,
        _ formulas: TreeFormulas,
        _ names: [String],
        _ more: String = ""
    ) -> String {
        let head = ".tree" + Self.selector(formula, formulas)
        return names.map { head + " " + $0 }.joined(separator: ",") + "{display:block;\(more)}"
    }

    /// The formula as a selector that follows another.
    static func selector(_ formula: Formula, _ formulas: TreeFormulas) -> String {
        switch formula {
        case .always: return ""
        case .never: return ":not(*)"
        case .checked(let inputs): return checked(inputs, formulas)
        case .conjunction(let parts):
            return parts.map { selector($0, formulas) }.sorted().joined()
        case .disjunction(let parts):
            return ":is(\(parts.map { selector($0, formulas) }.sorted().joined(separator: ",")))"
        case .negation(let part):
            return ":not(\(selector(part, formulas)))"
        }
    }

    private static func checked(_ inputs: [Int], _ formulas: TreeFormulas) -> String {
        guard let others = formulas.others(than: inputs) else {
            let question = formulas.question(of: inputs)
            let isAny = question.map { formulas.inputs(of: $0) == inputs } ?? false
            return isAny ? answered(question ?? 0) : checked(inputs)
        }
        let answered = formulas.isAnswered ? "" : answered(formulas.question(of: inputs) ?? 0)
        return answered + (others.isEmpty ? "" : ":not(\(checked(others)))")
    }

    private static func answered(_ question: Int) -> String { ":has(#q\(question) :checked)" }

    private static func checked(_ inputs: [Int]) -> String {
        ":has(\(inputs.map { "#a\($0):checked" }.joined(separator: ",")))"
    }
}
