import SealedIntake

/// What a walk comes to, as formulas: each says what it follows from in one step.
///
/// The inputs are the answers of all questions, numbered through in the tree's order. A question
/// that is not reached counts for nothing, whatever is still checked in it.
struct TreeLogic {
    /// Answers of one question that come to the same.
    struct Choice: Hashable, Comparable {
        let question: Int
        let inputs: [Int]

        static func < (first: Choice, second: Choice) -> Bool {
            ([first.question] + first.inputs).lexicographicallyPrecedes(
                [second.question] + second.inputs
            )
        }
    }

    private let tree: DecisionTree
    private var steps = 0
    /// The number of each node's first input.
    let firstInputs: [Int]
    /// What the style asks of the inputs.
    private(set) var choices: [Choice] = []
    /// For each node, whether it is reached.
    private(set) var reached: [Formula] = []
    /// For each outcome, whether it is reached.
    private(set) var ends: [Formula] = []
    /// For each fact, whether an answer gives it.
    private(set) var facts: [Formula] = []
    /// What each atom that is no choice follows from.
    private(set) var definitions: [TreeAtom: Formula] = [:]

    init(_ tree: DecisionTree) {
        self.tree = tree
        firstInputs = tree.nodes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.answers.count) }
        walk()
        facts = tree.facts.indices.map { known($0) }
        defineEnds()
    }

    /// The inputs of a question.
    func inputs(of node: Int) -> Range<Int> {
        firstInputs[node]..<firstInputs[node] + tree.nodes[node].answers.count
    }

    private mutating func known(_ fact: Int) -> Formula {
        let ways = reached.indices.compactMap { node -> Formula? in
            let giving = zip(inputs(of: node), tree.nodes[node].answers)
                .filter { $0.1.facts.contains(fact) }.map(\.0)
            return giving.isEmpty ? nil : chosen(giving, of: node)
        }
        return defined(.fact(fact), .some(ways))
    }

    /// The atom where there is more to say than that of another.
    private mutating func defined(_ atom: TreeAtom, _ formula: Formula) -> Formula {
        if case .literal = formula { return formula }
        if formula == .always || formula == .never { return formula }
        definitions[atom] = formula
        return .atom(atom)
    }

    private mutating func walk() {
        var leads = [[Formula]](repeating: [], count: tree.nodes.count)
        var ends = [[Formula]](repeating: [], count: tree.outcomes.count)
        leads[0] = [.always]
        for index in tree.nodes.indices {
            reached.append(defined(.reached(index), .some(leads[index])))
            for (target, lead) in ways(of: index) {
                switch target {
                case .node(let next): leads[next].append(lead)
                case .outcome(let end): ends[end].append(lead)
                }
            }
        }
        for (index, end) in ends.enumerated() {
            self.ends.append(defined(.outcome(index), .some(end)))
        }
    }

    private mutating func ways(of node: Int) -> [(TreeTarget, Formula)] {
        guard case .rule(let cases) = tree.nodes[node].kind else { return answers(of: node) }
        var rest = reached[node]
        return cases.enumerated().map { place, one in
            let terms = Formula.all(
                one.terms.map { $0.isNegated ? known($0.fact).opposite : known($0.fact) }
            )
            steps += 1
            let lead = defined(.step(steps), .all([rest, terms]))
            rest = defined(.rest(steps), .all([rest, terms.opposite]))
            return (one.target, lead)
        }
    }

    private mutating func answers(of node: Int) -> [(TreeTarget, Formula)] {
        var targets: [TreeTarget] = []
        for answer in tree.nodes[node].answers where !targets.contains(answer.target) {
            targets.append(answer.target)
        }
        return targets.map { target in
            let leading = zip(inputs(of: node), tree.nodes[node].answers)
                .filter { $0.1.target == target }.map(\.0)
            return (target, chosen(leading, of: node))
        }
    }

    private mutating func chosen(_ inputs: [Int], of node: Int) -> Formula {
        let choice = Choice(question: node, inputs: inputs)
        if let index = choices.firstIndex(of: choice) { return .atom(.chosen(index)) }
        choices.append(choice)
        return .atom(.chosen(choices.count - 1))
    }

    /// Danger ends a walk at once; any other needs an answer wherever one is asked.
    private mutating func defineEnds() {
        func none(_ kind: TreeOutcome.Kind) -> [Formula] {
            tree.outcomes.indices.filter { tree.outcomes[$0].kind == kind }
                .map { ends[$0].opposite }
        }
        let questions = tree.nodes.indices.filter { tree.nodes[$0].isQuestion }
        let answered = questions.map {
            Formula.some([reached[$0].opposite, chosen([Int](inputs(of: $0)), of: $0)])
        }
        definitions[.done] = .all(answered + none(.danger))
        let highest = Int(tree.outcomes.map(\.rung).max() ?? 0)
        for rung in -1..<max(highest, 0) {
            let next = tree.outcomes.indices.filter {
                tree.outcomes[$0].kind == .help && Int(tree.outcomes[$0].rung) == rung + 1
            }
            let higher = rung + 1 < highest ? [Formula.atom(.above(rung + 1))] : []
            definitions[.above(rung)] = .all(higher + next.map { ends[$0].opposite })
        }
    }
}
