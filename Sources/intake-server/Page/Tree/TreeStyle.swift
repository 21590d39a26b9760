import SealedIntake

/// The style rules that show what fits the answers.
///
/// The browser itself walks the tree, so the page works without a script and no answer has to
/// leave it. The rules say what is so, in custom properties; `tree.css` shows what they say. A
/// browser that does not know `:has()` shows all of it, as a form on paper does.
struct TreeStyle {
    private let tree: DecisionTree
    private let endings: [TreeEnding]
    private let titled: [TreeEntry.Block]
    private let logic: TreeLogic

    /// Takes the blocks that stand under a title of their own: those are hidden where nothing
    /// of them is shown.
    init(_ tree: DecisionTree, _ endings: [TreeEnding], titled: [TreeEntry.Block]) {
        self.tree = tree
        self.endings = endings
        self.titled = titled
        logic = TreeLogic(tree)
    }

    /// The rules, a line each.
    func css() -> String {
        var sheet = ToggleSheet(logic)
        var rules: [String] = []
        for index in tree.nodes.indices where tree.nodes[index].isQuestion {
            guard logic.reached[index] != .always else { continue }
            let hidden = sheet.declaration("--w", logic.reached[index].opposite, "none")
            rules.append("#q\(index){\(hidden)}")
        }
        rules += parts(&sheet)
        return (sheet.css() + [".o,.e{--r: ;--z: }"] + rules).joined(separator: "\n")
    }

    /// What endings have in common is written once; but danger has all for itself.
    private func parts(_ sheet: inout ToggleSheet) -> [String] {
        let asked = Set(
            endings.flatMap { EndingStyle(tree, $0, titled).entriesAsked }
        )
        var own: [String: [String]] = [:]
        var rules: [(ending: String, selector: String, body: String)] = []
        for ending in endings {
            let said = EndingStyle(tree, ending, titled, asked: asked).css(&sheet)
            own[ending.name] = said.own
            rules += said.rules.map { (ending.name, $0, $1) }
            sheet.endEnding()
        }
        let bodies = Dictionary(grouping: rules, by: \.selector)
        var written: Set<String> = []
        let parts = rules.compactMap { rule -> String? in
            let same = bodies[rule.selector] ?? []
            let isAlone = same.allSatisfy { $0.ending != "danger" && $0.body == rule.body }
            guard written.insert(isAlone ? rule.selector : rule.ending + rule.selector).inserted
            else { return nil }
            return "\(isAlone ? "" : ".\(rule.ending) ")\(rule.selector){\(rule.body)}"
        }
        return endings.map { ".\($0.name){\((own[$0.name] ?? []).joined(separator: ";"))}" } + parts
    }
}
