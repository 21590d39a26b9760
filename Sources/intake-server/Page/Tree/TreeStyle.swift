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
    private let section: String?

    /// Takes the blocks that stand under a title of their own.
    ///
    /// Those are hidden where nothing of them is shown. Endings stand behind the questions, or
    /// behind the section of these.
    init(
        _ tree: DecisionTree,
        _ endings: [TreeEnding],
        titled: [TreeEntry.Block],
        section: String? = nil
    ) {
        self.section = section
        self.tree = tree
        self.endings = endings
        self.titled = titled
        logic = TreeLogic(tree)
    }

    /// The rules, a line each.
    func css() -> String {
        var sheet = ToggleSheet(logic, section: section)
        var rules: [String] = []
        for index in tree.nodes.indices where tree.nodes[index].isQuestion {
            guard logic.reached[index] != .always else { continue }
            let hidden = sheet.declaration("--w", logic.reached[index].opposite, "none")
            rules.append("#q\(index){\(hidden)}")
        }
        rules += parts(&sheet)
        let all = sheet.css() + [".o,.e{--r: ;--z: }"] + rules
        return ToggleSheet.named(all.joined())
    }

    /// What endings have in common is written once; but danger has all for itself.
    private func parts(_ sheet: inout ToggleSheet) -> [String] {
        let asked = Set(endings.flatMap { EndingStyle(tree, $0, titled).entriesAsked })
        let all = endings.map { ending in
            defer { sheet.endEnding() }
            return EndingStyle(tree, ending, titled, asked: asked).css(&sheet)
        }
        var places: [String: [String]] = [:]
        var bodies: [String: Set<String>] = [:]
        for (ending, rules) in zip(endings, all) {
            for (selector, body) in rules.parts {
                places[selector, default: []].append(ending.name)
                bodies[selector, default: []].insert(body)
            }
        }
        var written: Set<String> = []
        let parts = zip(endings, all).flatMap { ending, rules in
            rules.parts.compactMap { selector, body -> String? in
                let isCommon =
                    bodies[selector]?.count == 1
                    && (ending.kind != .danger && places[selector]?.contains("danger") == false)
                let place = isCommon ? selector : ".\(ending.name) \(selector)"
                return written.insert(place).inserted ? "\(place){\(body)}" : nil
            }
        }
        return wholes(all) + parts
    }

    private func wholes(_ all: [EndingStyle.Rules]) -> [String] {
        var common: [String] = []
        var own: [String] = []
        for (ending, rules) in zip(endings, all) {
            let others = zip(endings, all)
                .filter { $0.0.kind != .danger && $0.0.kind != ending.kind }
                .flatMap(\.1.shared)
            let names = Set(others.map { $0.prefix { $0 != ":" } })
            let isOwn = { (text: String) in
                ending.kind == .danger
                    || names.contains(text.prefix { $0 != ":" }) && !others.contains(text)
            }
            let whole = (rules.own + rules.shared.filter(isOwn)).joined(separator: ";")
            own.append(".\(ending.name){\(whole)}")
            for text in rules.shared where !isOwn(text) && !common.contains(text) {
                common.append(text)
            }
        }
        return [".end{\(common.joined(separator: ";"))}"] + own
    }
}
