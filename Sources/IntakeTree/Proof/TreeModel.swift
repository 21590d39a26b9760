/// All walks of a tree at once: for each thing that can be, the combinations of answers it is
/// true for.
///
/// Each question has its answers and "not answered" as bits of a number; a question with many
/// answers has a bit for each. So a combination of bits is a walk, every walk is a combination,
/// and a proof over the diagram is one over all of them.
struct TreeModel {
    private(set) var diagram = TruthDiagram()
    private(set) var reached: [String: Int] = [:]
    private(set) var outcomes: [String: Int] = [:]
    /// All that is asked is answered, or there is danger.
    private(set) var complete = TruthDiagram.yes
    private(set) var danger = TruthDiagram.no

    private let blueprint: TreeBlueprint
    private var facts: [String: Int] = [:]
    private var chosen: [[Int]] = []
    private var nextVariable = 0
    /// What was found of the whens of an entry.
    private var shown: [[[Term]]: Int] = [:]

    init(_ blueprint: TreeBlueprint) {
        self.blueprint = blueprint
        if let first = blueprint.nodes.first { reached[first.id.text] = TruthDiagram.yes }
        for node in blueprint.nodes {
            if node.isRule { follow(rule: node) } else { follow(question: node) }
        }
        count()
        addDeskFacts()
    }

    private mutating func follow(question node: TreeBlueprint.Node) {
        let here = reached[node.id.text] ?? TruthDiagram.no
        let choices = node.isMany ? manyChoices(node) : oneChoices(node)
        chosen.append(choices)
        for (answer, choice) in zip(node.answers, choices) {
            let given = diagram.and(here, choice)
            if let target = answer.target { lead(to: target.text, when: given) }
            for fact in answer.facts {
                facts[fact.term.name] = diagram.or(facts[fact.term.name] ?? TruthDiagram.no, given)
            }
        }
        let answered = diagram.any(choices)
        complete = diagram.and(complete, diagram.choose(here, answered, TruthDiagram.yes))
    }

    private mutating func manyChoices(_ node: TreeBlueprint.Node) -> [Int] {
        node.answers.map { _ in newVariable() }
    }

    /// Number 0 and those past the last answer are "not answered".
    private mutating func oneChoices(_ node: TreeBlueprint.Node) -> [Int] {
        var width = 1
        while 1 << width < node.answers.count + 1 { width += 1 }
        let bits = (0..<width).map { _ in newVariable() }
        return node.answers.indices.map { index in
            bits.enumerated().reduce(TruthDiagram.yes) { sum, bit in
                let isSet = (index + 1) >> bit.offset & 1 == 1
                return diagram.and(sum, isSet ? bit.element : diagram.not(bit.element))
            }
        }
    }

    private mutating func newVariable() -> Int {
        nextVariable += 1
        return diagram.variable(nextVariable - 1)
    }

    private mutating func follow(rule node: TreeBlueprint.Node) {
        chosen.append([])
        var left = reached[node.id.text] ?? TruthDiagram.no
        for one in node.cases {
            let holds = holds(one.condition.alternatives)
            lead(to: one.target.text, when: diagram.and(left, holds))
            left = diagram.without(left, holds)
        }
    }

    private mutating func lead(to target: String, when given: Int) {
        reached[target] = diagram.or(reached[target] ?? TruthDiagram.no, given)
    }

    /// Only danger counts where there is danger, and then nothing more is asked; what is settled
    /// counts only where nothing else is left.
    private mutating func count() {
        let dangers = blueprint.outcomes.filter { $0.kind == "danger" }.map {
            reached[$0.id.text] ?? TruthDiagram.no
        }
        danger = diagram.any(dangers)
        complete = diagram.or(complete, danger)
        let calm = diagram.not(danger)
        let helps = blueprint.outcomes.filter { $0.kind == "help" }.map {
            reached[$0.id.text] ?? TruthDiagram.no
        }
        let others = diagram.any([danger] + helps)
        let free = ["danger": TruthDiagram.yes, "help": calm, "settled": diagram.not(others)]
        for outcome in blueprint.outcomes {
            let ended = reached[outcome.id.text] ?? TruthDiagram.no
            outcomes[outcome.id.text] = diagram.and(ended, free[outcome.kind] ?? calm)
        }
    }

    /// The desk may add its facts to any walk.
    private mutating func addDeskFacts() {
        for (name, values) in blueprint.deskFacts {
            for value in values {
                let key = name.text + "=" + value.text
                let set = newVariable()
                facts[key] = diagram.or(facts[key] ?? TruthDiagram.no, set)
            }
        }
    }

    mutating func holds(_ term: Term) -> Int {
        let known = term.fact == "outcome" ? outcomes[term.value] : facts[term.name]
        let holds = known ?? TruthDiagram.no
        return term.isNegated ? diagram.not(holds) : holds
    }

    mutating func holds(_ alternatives: [[Term]]) -> Int {
        diagram.any(
            alternatives.map { $0.reduce(TruthDiagram.yes) { diagram.and($0, holds($1)) } }
        )
    }

    /// The complete walks on which one of an entry's whens holds.
    mutating func shown(_ entry: TreeEntryPlan) -> Int {
        if let found = shown[entry.whens] { return found }
        let anywhere = entry.whens.filter { terms in
            terms.contains { $0.fact == "outcome" && !$0.isNegated }
        }
        let calm = diagram.without(holds(entry.whens), danger)
        let made = diagram.and(complete, diagram.or(calm, holds(anywhere)))
        shown[entry.whens] = made
        return made
    }

    /// For each number of questions the walks with one answer to each that ask at least so many.
    mutating func asked() -> [Int] {
        let questions = blueprint.nodes.filter { !$0.isRule }.count
        var reaching = [TruthDiagram.yes]
        reaching += [Int](repeating: TruthDiagram.no, count: questions)
        var isSingle = TruthDiagram.yes
        for (node, choices) in zip(blueprint.nodes, chosen) where !node.isRule {
            let here = reached[node.id.text] ?? TruthDiagram.no
            for number in (1...questions).reversed() {
                let more = diagram.and(reaching[number - 1], here)
                reaching[number] = diagram.or(reaching[number], more)
            }
            guard node.isMany else { continue }
            for (number, choice) in choices.enumerated() {
                let others = diagram.any(Array(choices.dropFirst(number + 1)))
                isSingle = diagram.and(isSingle, diagram.not(diagram.and(choice, others)))
            }
        }
        return reaching.map { diagram.and($0, isSingle) }
    }

    mutating func and(_ one: Int, _ other: Int) -> Int { diagram.and(one, other) }
    mutating func any(_ list: [Int]) -> Int { diagram.any(list) }
    mutating func without(_ one: Int, _ other: Int) -> Int { diagram.without(one, other) }
    mutating func not(_ one: Int) -> Int { diagram.not(one) }

    /// A walk on which it is true, as `question=answer`.
    func walk(_ one: Int) -> [String]? {
        diagram.witness(one).map(path)
    }

    /// How many bits a combination has.
    var width: Int { nextVariable }

    /// Whether it is true for the walk of these bits.
    func isTrue(_ one: Int, for held: Set<Int>) -> Bool { diagram.holds(one, held) }

    /// The walk that a combination of bits stands for.
    func path(_ held: Set<Int>) -> [String] {
        var path: [String] = []
        for (node, choices) in zip(blueprint.nodes, chosen)
        where diagram.holds(reached[node.id.text] ?? TruthDiagram.no, held) {
            for (answer, choice) in zip(node.answers, choices) where diagram.holds(choice, held) {
                path.append("\(node.id.text)=\(answer.id.text)")
            }
        }
        return path
    }
}
