import SealedIntake

/// What a walk comes to, as formulas over the page's inputs.
///
/// The inputs are the answers of all questions, numbered through in the tree's order. A question
/// that is not reached counts for nothing, whatever is still checked in it.
struct TreeFormulas {
    /// When the formulas are looked at.
    enum Moment {
        /// At any time.
        case asking
        /// Only once every question reached is answered and none of the answers means danger.
        case complete
    }

    private let tree: DecisionTree
    private let moment: Moment
    /// The number of each node's first input.
    let firstInputs: [Int]
    /// For each node, whether it is reached.
    private(set) var reached: [Formula] = []
    /// For each outcome, whether it is reached.
    private(set) var ends: [Formula]

    init(_ tree: DecisionTree, at moment: Moment) {
        self.tree = tree
        self.moment = moment
        firstInputs = tree.nodes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.answers.count) }
        ends = []
        var leads = [[Formula]](repeating: [], count: tree.nodes.count)
        var ends = [[Formula]](repeating: [], count: tree.outcomes.count)
        leads[0] = [.always]
        for index in tree.nodes.indices {
            reached.append(trimmed(.some(leads[index])))
            for (target, condition) in ways(of: index) {
                let lead = Formula.all([condition, reached[index]])
                switch target {
                case .node(let next): leads[next].append(lead)
                case .outcome(let end): ends[end].append(lead)
                }
            }
        }
        self.ends = ends.map { trimmed(.some($0)) }
    }

    /// The inputs of a question.
    func inputs(of node: Int) -> [Int] {
        [Int](firstInputs[node]..<firstInputs[node] + tree.nodes[node].answers.count)
    }

    /// Whether a question has an answer.
    func answered(_ node: Int) -> Formula { .checked(inputs(of: node)) }

    /// Whether an answer gives this fact.
    func known(_ fact: Int) -> Formula {
        var ways: [Formula] = []
        for index in reached.indices {
            let giving = zip(inputs(of: index), tree.nodes[index].answers)
                .filter { $0.1.facts.contains(fact) }.map(\.0)
            guard !giving.isEmpty else { continue }
            ways.append(.all([chosen(giving, of: index), reached[index]]))
        }
        return trimmed(.some(ways))
    }

    /// Inputs whose answers do not mean danger.
    private func calm(_ node: Int) -> [Int] {
        zip(inputs(of: node), tree.nodes[node].answers)
            .filter { !isDanger($0.1.target) }.map(\.0)
    }

    private func isDanger(_ target: TreeTarget) -> Bool {
        if case .outcome(let end) = target { return tree.outcomes[end].kind == .danger }
        return false
    }

    private func ways(of node: Int) -> [(TreeTarget, Formula)] {
        guard case .rule(let cases) = tree.nodes[node].kind else {
            let targets = tree.nodes[node].answers.map(\.target)
            return Set(targets).map { target in
                let leading = zip(inputs(of: node), targets).filter { $0.1 == target }.map(\.0)
                return (target, chosen(leading, of: node))
            }
        }
        var before: [Formula] = []
        return cases.map { one in
            let terms = Formula.all(
                one.terms.map { $0.isNegated ? .not(known($0.fact)) : known($0.fact) }
            )
            defer { before.append(.not(terms)) }
            return (one.target, .all([terms] + before))
        }
    }

    /// That one of these inputs is checked, where their question is reached.
    private func chosen(_ inputs: [Int], of node: Int) -> Formula {
        guard moment == .complete else { return .checked(inputs) }
        let calm = calm(node)
        let counted = inputs.filter { calm.contains($0) }
        if counted.isEmpty { return .never }
        return counted == calm ? .always : .checked(counted)
    }

    /// Once all is answered, that a question has any answer says nothing.
    private func trimmed(_ formula: Formula) -> Formula {
        guard moment == .complete else { return formula }
        let all = tree.nodes.indices.filter { tree.nodes[$0].isQuestion }.map { Set(calm($0)) }
        return formula.without(all)
    }

    /// The one question that has all these answers, where there is one.
    func question(of inputs: [Int]) -> Int? {
        tree.nodes.indices.first { Set(inputs).isSubset(of: self.inputs(of: $0)) }
    }

    /// The other answers of the one question that these are answers of, where it has one answer
    /// only and these are most of them: one of these is chosen when it has an answer, and none of
    /// those is it.
    func others(than inputs: [Int]) -> [Int]? {
        guard let node = question(of: inputs), !tree.nodes[node].isMany else { return nil }
        let all = moment == .complete ? calm(node) : self.inputs(of: node)
        guard inputs.count * 2 > all.count, Set(inputs).isSubset(of: all) else { return nil }
        return all.filter { !inputs.contains($0) }
    }

    /// Whether a question that is reached is known to have an answer.
    var isAnswered: Bool { moment == .complete }
}

extension Formula {
    /// The formula where one of each of these sets is known to be checked.
    fileprivate func without(_ sets: [Set<Int>]) -> Formula {
        switch self {
        case .always, .never: self
        case .checked(let some):
            sets.contains { $0.isSubset(of: some) } ? .always : self
        case .conjunction(let parts): .all(parts.map { $0.without(sets) })
        case .disjunction(let parts): .some(parts.map { $0.without(sets) })
        case .negation(let part): .not(part.without(sets))
        }
    }
}
