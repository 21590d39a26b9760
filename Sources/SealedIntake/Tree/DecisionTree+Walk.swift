extension DecisionTree {
    /// Walks the tree by answers, whatever order they stand in.
    /// - Parameters:
    ///   - answers: What was chosen.
    ///   - deskFacts: What a desk adds.
    ///   - day: The day whose duties hold.
    /// - Returns: What was reached, is open and is shown.
    /// - Throws: ``WalkError``.
    public func walk(
        _ answers: [Answer],
        adding deskFacts: [Fact] = [],
        on day: Day
    ) throws(WalkError) -> Walk {
        let chosen = try choices(answers)
        var walker = Walker(tree: self, chosen: chosen)
        try add(deskFacts, to: &walker)
        walker.run()
        guard walker.missed == nil else { throw .notAsked }
        return walker.walk(on: day)
    }

    /// The answers in the order of the tree.
    /// - Throws: ``WalkError/unknownAnswer``, ``WalkError/twoAnswers``.
    public func ordered(_ answers: [Answer]) throws(WalkError) -> [Answer] {
        let chosen = try choices(answers)
        var ordered: [Answer] = []
        for (index, node) in nodes.enumerated() where chosen[index] != 0 {
            for (number, answer) in node.answers.enumerated()
            where chosen[index] >> UInt64(number) & 1 == 1 {
                ordered.append(Answer(question: node.id, answer: answer.id))
            }
        }
        return ordered
    }

    /// For each node the answers chosen, bit by bit.
    private func choices(_ answers: [Answer]) throws(WalkError) -> [UInt64] {
        var chosen = [UInt64](repeating: 0, count: nodes.count)
        for answer in answers {
            guard let node = nodes.firstIndex(where: { $0.id == answer.question }),
                let index = nodes[node].answers.firstIndex(where: { $0.id == answer.answer })
            else { throw .unknownAnswer }
            let bit = UInt64(1) << UInt64(index)
            guard chosen[node] & bit == 0, chosen[node] == 0 || nodes[node].isMany else {
                throw .twoAnswers
            }
            chosen[node] |= bit
        }
        return chosen
    }

    private func add(_ added: [Fact], to walker: inout Walker) throws(WalkError) {
        for fact in added {
            guard let name = deskFacts.first(where: { $0.name == fact.name }),
                name.values.isEmpty || name.values.contains(fact.value)
            else { throw .unknownFact }
            guard let index = facts.firstIndex(of: fact) else { continue }
            walker.known[index] = true
        }
    }
}

/// One pass over the nodes in their order: all that leads to a node stands before it.
private struct Walker {
    private let tree: DecisionTree
    private let chosen: [UInt64]
    private var isReached: [Bool]
    private var ends: [Bool]
    private var open: Int?
    var known: [Bool]
    /// A question that was answered although nothing led to it.
    private(set) var missed: Int?

    init(tree: DecisionTree, chosen: [UInt64]) {
        self.tree = tree
        self.chosen = chosen
        isReached = [Bool](repeating: false, count: tree.nodes.count)
        ends = [Bool](repeating: false, count: tree.outcomes.count)
        known = [Bool](repeating: false, count: tree.facts.count)
        isReached[0] = true
    }

    mutating func run() {
        for index in tree.nodes.indices {
            guard isReached[index] else {
                if chosen[index] != 0 { missed = index }
                continue
            }
            switch tree.nodes[index].kind {
            case .question(_, let answers):
                if chosen[index] == 0, open == nil { open = index }
                for (number, answer) in answers.enumerated()
                where chosen[index] >> UInt64(number) & 1 == 1 {
                    for fact in answer.facts { known[fact] = true }
                    lead(to: answer.target)
                }
            case .rule(let cases):
                for one in cases where one.terms.allSatisfy({ $0.holds(known) }) {
                    lead(to: one.target)
                    break
                }
            }
        }
    }

    private mutating func lead(to target: TreeTarget) {
        switch target {
        case .node(let index): isReached[index] = true
        case .outcome(let index): ends[index] = true
        }
    }

    func walk(on day: Day) -> Walk {
        let reached = tree.outcomes.indices.filter { ends[$0] }
        let danger = reached.filter { tree.outcomes[$0].kind == .danger }
        let help = reached.filter { tree.outcomes[$0].kind == .help }
        let counted = !danger.isEmpty ? danger : !help.isEmpty ? help : reached
        var known = known
        for outcome in counted { known[tree.outcomeFacts[outcome]] = true }
        let open = danger.isEmpty ? open : nil
        return Walk(
            questions: tree.nodes.indices.filter { isReached[$0] && tree.nodes[$0].isQuestion },
            open: open,
            outcomes: counted,
            isDanger: !danger.isEmpty,
            known: known,
            entries: open == nil ? entries(known, only: danger, on: day) : []
        )
    }

    /// What is shown; an organisation once, in the first block that shows it.
    private func entries(_ known: [Bool], only danger: [Int], on day: Day) -> [Int] {
        var blocks = [UInt8?](repeating: nil, count: tree.organisations.count)
        return tree.entries.indices.filter { index in
            let entry = tree.entries[index]
            guard entry.holds(on: day),
                entry.whens.contains(where: { terms in
                    terms.allSatisfy { $0.holds(known) }
                        && (danger.isEmpty || terms.contains { isPositive($0, among: danger) })
                })
            else { return false }
            guard let organisation = entry.organisation else { return true }
            if blocks[organisation] != nil { return false }
            blocks[organisation] = entry.block.rawValue
            return true
        }
    }

    /// Whether a term asks that one of these outcomes is reached.
    private func isPositive(_ term: TreeTerm, among outcomes: [Int]) -> Bool {
        !term.isNegated && outcomes.contains { tree.outcomeFacts[$0] == term.fact }
    }
}
