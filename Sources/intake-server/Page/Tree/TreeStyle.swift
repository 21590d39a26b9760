import SealedIntake

/// The style rules that show what fits the answers.
///
/// The browser itself walks the tree: each formula becomes a selector, so the page works without
/// a script and no answer has to leave it. What a rule shows is hidden by `tree.css`; a browser
/// that does not know `:has()` shows all of it, as a form on paper does.
struct TreeStyle {
    private let tree: DecisionTree
    private let endings: [TreeEnding]
    private let titled: [TreeEntry.Block]

    /// Takes the blocks that stand under a title of their own: those are hidden where nothing
    /// of them is shown.
    init(_ tree: DecisionTree, _ endings: [TreeEnding], titled: [TreeEntry.Block]) {
        self.tree = tree
        self.endings = endings
        self.titled = titled
    }

    /// The rules, a line each.
    func css() -> String {
        let asking = TreeFormulas(tree, at: .asking)
        let complete = TreeFormulas(tree, at: .complete)
        var rules: [String] = []
        for index in tree.nodes.indices where tree.nodes[index].isQuestion {
            let question = "#q\(index)"
            rules.append(rule(asking.reached[index], asking, question, "display:block;--asked:1"))
        }
        for ending in endings {
            let formulas = ending.kind == .danger ? asking : complete
            let place = "." + ending.name
            rules.append(rule(ending.when, asking, place, "display:block;--ended:1"))
            for (named, style) in styles(of: ending) {
                rules += together(named).map { rule($0, formulas, place + $1, style) }
            }
        }
        return rules.joined(separator: "\n")
    }

    /// What is styled in an ending, and when.
    ///
    /// `--s` says that something is shown, `--p` and `--q` that something before it in its list
    /// is. So a style without a script can put the first one shown in sight and fold the others:
    /// the lists stand in the document twice, `tree.css` shows one of the two.
    private func styles(of ending: TreeEnding) -> [([(when: Formula, name: String)], String)] {
        let outcomes = ending.outcomes.map { ($0.when, ".o\($0.index)") }
        let entries = ending.entries.map { ($0.when, ".e\($0.index)") }
        let ranked = ending.entries.filter { tree.entries[$0.index].isRanked(in: tree) }
            .map { ($0.when, ".e\($0.index)~.e") }
        let later = outcomes.map { ($0, $1 + "~.o") } + ranked
        return [
            (outcomes + entries, "--s:block"),
            (later, "--p:none;--q:var(--s,none);--z:1.2rem"),
            (parts(of: ending), "display:block"),
            ([(ending.isStaff, "")], "--t:none;--u:block"),
            ([(ending.isToCall, "")], "--c:var(--den);--k:var(--op-den)"),
        ]
    }

    /// What is shown at the same time, as one selector behind that of the ending.
    private func together(_ named: [(when: Formula, name: String)]) -> [(Formula, String)] {
        var shown: [Formula: [String]] = [:]
        var order: [Formula] = []
        for (when, name) in named {
            if shown[when] == nil { order.append(when) }
            shown[when, default: []].append(name)
        }
        return order.filter { $0 != .never }.map { when in
            let names = shown[when] ?? []
            let all = names.count == 1 ? names[0] : ":is(\(names.joined(separator: ",")))"
            return (when, all.isEmpty ? "" : " " + all)
        }
    }

    /// A part is there when one of its entries is.
    private func parts(of ending: TreeEnding) -> [(Formula, String)] {
        func some(_ indices: [Int]) -> Formula {
            .some(ending.entries.filter { indices.contains($0.index) }.map(\.when))
        }
        return titled.map { block in
            (some(ending.entries(of: block, in: tree)), ".b\(block.rawValue)")
        } + [
            (some(ending.duties(ofStaff: true, in: tree)), ".must"),
            (some(ending.duties(ofStaff: false, in: tree)), ".law"),
        ]
    }

    private func rule(
        _ formula: Formula,
        _ formulas: TreeFormulas,
        _ name: String,
        _ style: String
    ) -> String {
        ".tree\(Self.selector(formula, formulas)) \(name){\(style)}"
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
