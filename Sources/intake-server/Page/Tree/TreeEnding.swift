import SealedIntake

/// What is shown at the end of a walk of one kind, and when.
struct TreeEnding {
    /// Something that may be shown.
    struct Part {
        /// Its index in the tree.
        let index: Int
        /// When it is shown, but for what was before it.
        let when: Formula
        /// Entries of the same organisation in blocks before: it is shown once.
        var before: [Int] = []
    }

    /// The kind of the outcomes that count.
    let kind: TreeOutcome.Kind
    /// The outcomes that may be reached.
    let outcomes: [Part]
    /// The entries that may be shown.
    let entries: [Part]
    /// When who reads it works at a school or leads one: the law comes before telling it.
    let isStaff: Formula

    /// The entries of a block.
    func entries(of block: TreeEntry.Block, in tree: DecisionTree) -> [Int] {
        entries.map(\.index).filter { tree.entries[$0].block == block }
    }

    /// The places in sight that can be told here, first help first.
    func told(in tree: DecisionTree) -> [Int] {
        entries.map(\.index).filter { tree.entries[$0].isTold(in: tree) }
    }

    /// What the law asks: of those who work at a school or lead one, or to know for all others.
    func duties(ofStaff: Bool, in tree: DecisionTree) -> [Int] {
        entries(of: .duty, in: tree).filter { tree.entries[$0].isForStaff(in: tree) == ofStaff }
    }

    /// The name of the kind, as the page's style and script know it.
    var name: String {
        switch kind {
        case .danger: "danger"
        case .help: "helped"
        case .settled: "settled"
        }
    }

    /// All three: danger, help, and that nothing is needed.
    static func all(of tree: DecisionTree) -> [TreeEnding] {
        let logic = TreeLogic(tree)
        return [.danger, .help, .settled].map { TreeEnding(tree, $0, logic) }
            .filter { !$0.outcomes.isEmpty }
    }

    private init(_ tree: DecisionTree, _ kind: TreeOutcome.Kind, _ logic: TreeLogic) {
        self.kind = kind
        let reader = EndingReader(tree: tree, kind: kind, logic: logic)
        outcomes = tree.outcomes.indices.map { Part(index: $0, when: reader.reached($0)) }
            .filter { $0.when != .never }
        entries = reader.entries()
        let staff = tree.nodes.flatMap(\.answers).filter(tree.isOfStaff)
        // A fact that all of them give says all that others say.
        let said = tree.staffFacts.sorted()
        let whole = said.first { fact in staff.allSatisfy { $0.facts.contains(fact) } }
        isStaff = .some((whole.map { [$0] } ?? said).map { logic.facts[$0] })
    }
}

/// Reads when things are shown, where only outcomes of one kind count.
private struct EndingReader {
    let tree: DecisionTree
    let kind: TreeOutcome.Kind
    let logic: TreeLogic

    func reached(_ outcome: Int) -> Formula {
        guard tree.outcomes[outcome].kind == kind else { return .never }
        let isOnlyOne = tree.outcomes.count { $0.kind == kind } == 1
        return isOnlyOne && kind == .settled ? .always : logic.ends[outcome]
    }

    /// The entries that can be shown.
    func entries() -> [TreeEnding.Part] {
        var before: [Int: [Int]] = [:]
        var shown: [TreeEnding.Part] = []
        for (index, entry) in tree.entries.enumerated() where entry.block != .desk {
            let possible = entry.whens.filter { formula($0) != .never }
            let when = Formula.either(possible.map { onLadder(formula($0), $0) })
            guard when != .never else { continue }
            let organisation = entry.organisation ?? -1 - index
            shown.append(.init(index: index, when: when, before: before[organisation] ?? []))
            before[organisation, default: []].append(index)
        }
        return shown
    }

    private func formula(_ terms: [TreeTerm]) -> Formula {
        let needsOutcome = kind == .danger
        guard !needsOutcome || terms.contains(where: { !$0.isNegated && isOutcome($0) }) else {
            return .never
        }
        let parts = terms.map { $0.isNegated ? known($0.fact).opposite : known($0.fact) }
        return .all(parts)
    }

    /// The formula with one part for all the outcomes above a rung, where none may be reached.
    private func onLadder(_ formula: Formula, _ terms: [TreeTerm]) -> Formula {
        let none = Set(terms.filter(\.isNegated).map(\.fact))
        for rung in 0..<Int(tree.outcomes.map(\.rung).max() ?? 0) {
            let above = tree.outcomes.filter { $0.kind == .help && $0.rung > rung }.map(\.id)
            let facts = tree.facts.indices.filter {
                tree.facts[$0].isOutcome && above.contains(tree.facts[$0].value)
            }
            guard above.count > 1, facts.count == above.count, none.isSuperset(of: facts)
            else { continue }
            let known = facts.map { self.known($0).opposite }
            let others = formula.conjuncts.filter { !known.contains($0) }
            return .all([.atom(.above(rung))] + others)
        }
        return formula
    }

    private func isOutcome(_ term: TreeTerm) -> Bool { tree.facts[term.fact].isOutcome }

    private func known(_ fact: Int) -> Formula {
        guard tree.facts[fact].isOutcome else { return logic.facts[fact] }
        let id = tree.facts[fact].value
        return tree.outcomes.firstIndex { $0.id == id }.map(reached) ?? .never
    }
}

extension TreeEntry {
    /// Whether it may be the one place of its block that is in sight: first help is for now, so
    /// it is a place that can be reached now.
    func isRanked(in tree: DecisionTree) -> Bool {
        guard let organisation else { return false }
        let place = tree.organisations[organisation]
        return block == .place || block == .first && (!place.shown.isEmpty || isTold(in: tree))
    }

    /// Whether it is a place in sight that can be told here, sealed.
    fileprivate func isTold(in tree: DecisionTree) -> Bool {
        guard block == .first || block == .place, let organisation else { return false }
        if case .sealed = tree.organisations[organisation].channel { return true }
        return false
    }

    /// Whether only those see it who work at a school or lead one.
    fileprivate func isForStaff(in tree: DecisionTree) -> Bool {
        let staff = tree.staffFacts
        return whens.allSatisfy { $0.contains { !$0.isNegated && staff.contains($0.fact) } }
    }
}

extension DecisionTree {
    /// The roles of those who work at a school or lead one, as the tree names them.
    private static let staff = TreeName.staff.map { Fact(name: TreeName.role, value: $0) }

    /// Whether an answer says that who gives it works at a school or leads one.
    func isOfStaff(_ answer: TreeAnswer) -> Bool {
        answer.facts.contains { Self.staff.contains(facts[$0]) }
    }

    /// What only answers of those who work at a school or lead one say.
    fileprivate var staffFacts: Set<Int> {
        let answers = nodes.flatMap(\.answers)
        let others = Set(answers.filter { !isOfStaff($0) }.flatMap(\.facts))
        return Set(answers.filter(isOfStaff).flatMap(\.facts)).subtracting(others)
    }
}
