import SealedIntake

/// What is shown at the end of a walk of one kind, and when.
struct TreeEnding {
    /// The kind of the outcomes that count.
    let kind: TreeOutcome.Kind
    /// When the walk ends this way.
    let when: Formula
    /// The outcomes that may be reached, by index, each with when it is.
    let outcomes: [(index: Int, when: Formula)]
    /// The entries that may be shown, by index, each with when it is.
    let entries: [(index: Int, when: Formula)]
    /// When who reads it works at a school or leads one: the law comes before telling it.
    let isStaff: Formula
    /// When calling comes first: telling it here is not offered, or not to these readers.
    let isToCall: Formula

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
        let asking = TreeFormulas(tree, at: .asking)
        let complete = TreeFormulas(tree, at: .complete)
        func ends(_ kind: TreeOutcome.Kind, _ formulas: TreeFormulas) -> Formula {
            .some(
                tree.outcomes.indices.filter { tree.outcomes[$0].kind == kind }
                    .map { formulas.ends[$0] }
            )
        }
        let danger = ends(.danger, asking)
        let questions = tree.nodes.indices.filter { tree.nodes[$0].isQuestion }
        let isDone = Formula.all(
            questions.map { .some([.not(asking.reached[$0]), asking.answered($0)]) }
                + [.not(danger)]
        )
        let helped = ends(.help, complete)
        return [
            TreeEnding(tree, .danger, when: danger, asking),
            TreeEnding(tree, .help, when: .all([isDone, helped]), complete),
            TreeEnding(tree, .settled, when: .all([isDone, .not(helped)]), complete),
        ].filter { $0.when != .never }
    }

    private init(
        _ tree: DecisionTree,
        _ kind: TreeOutcome.Kind,
        when: Formula,
        _ formulas: TreeFormulas
    ) {
        self.kind = kind
        self.when = when
        let reader = EndingReader(tree: tree, kind: kind, formulas: formulas)
        outcomes = tree.outcomes.indices.map { ($0, reader.reached($0)) }
            .filter { $0.1 != .never }
        let shown = reader.entries()
        entries = shown
        isStaff = reader.isStaff
        let told = shown.filter { tree.entries[$0.index].isTold(in: tree) }.map(\.when)
        isToCall = .some([reader.isStaff, .not(.some(told))])
    }
}

/// Reads when things are shown, where only outcomes of one kind count.
private struct EndingReader {
    let tree: DecisionTree
    let kind: TreeOutcome.Kind
    let formulas: TreeFormulas

    func reached(_ outcome: Int) -> Formula {
        guard tree.outcomes[outcome].kind == kind else { return .never }
        let isOnlyOne = tree.outcomes.filter { $0.kind == kind }.count == 1
        return isOnlyOne && kind == .settled ? .always : formulas.ends[outcome]
    }

    /// The entries that can be shown; an organisation once, in the first block that shows it.
    func entries() -> [(index: Int, when: Formula)] {
        var before: [Int: [Formula]] = [:]
        var shown: [(Int, Formula)] = []
        for (index, entry) in tree.entries.enumerated() where entry.block != .desk {
            var when = Formula.some(entry.whens.map(formula))
            if let organisation = entry.organisation {
                let once = Formula.all([when, .not(.some(before[organisation, default: []]))])
                before[organisation, default: []].append(when)
                when = once
            }
            if when != .never { shown.append((index, when)) }
        }
        return shown
    }

    /// That an answer said that who reads it works at a school or leads one.
    var isStaff: Formula {
        .some(tree.staffFacts.sorted().map(formulas.known))
    }

    private func formula(_ terms: [TreeTerm]) -> Formula {
        let needsOutcome = kind == .danger
        guard !needsOutcome || terms.contains(where: { !$0.isNegated && isOutcome($0) }) else {
            return .never
        }
        return .all(terms.map { $0.isNegated ? .not(known($0.fact)) : known($0.fact) })
    }

    private func isOutcome(_ term: TreeTerm) -> Bool { tree.facts[term.fact].isOutcome }

    private func known(_ fact: Int) -> Formula {
        guard tree.facts[fact].isOutcome else { return formulas.known(fact) }
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
    private static let staff = ["personeel", "directeur", "bestuur"].map {
        Fact(name: [UInt8]("rol".utf8), value: [UInt8]($0.utf8))
    }

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
