/// Reads a decision tree file, part by part, in the order of the file.
///
/// Targets are names until all nodes and outcomes are read; ``linkedNodes()`` makes them indices.
struct TreeReader {
    private var lines: TreeLines
    private(set) var validFrom = Day(number: 0)
    private(set) var texts: [DecisionTree.TextsReference] = []
    private(set) var outcomes: [TreeOutcome] = []
    private(set) var organisations: [TreeOrganisation] = []
    private(set) var entries: [TreeEntry] = []
    private(set) var deskFacts: [DecisionTree.DeskFact] = []
    private(set) var facts = FactTable()
    private var nodes: [NamedNode] = []

    init(_ bytes: [UInt8]) {
        lines = TreeLines(bytes)
    }

    mutating func readHead() throws(DecisionTreeError) {
        guard lines.next() == [label("tree")] else { throw lines.fault }
        let from = try lines.words("from", 1)
        validFrom = try lines.value(Day(text: from[0]))
        repeat {
            let words = try lines.words("texts", 2)
            guard Language.isValid(words[0]) else { throw lines.fault }
            guard !texts.contains(where: { $0.language == words[0] }) else { throw lines.twice }
            let digest = try lines.value(Hex.decode(words[1]).flatMap { Digest(bytes: $0) })
            texts.append(.init(language: words[0], digest: digest))
        } while lines.begins(with: "texts")
    }

    mutating func readNodes() throws(DecisionTreeError) {
        while lines.begins(with: "question") || lines.begins(with: "rule") {
            nodes.append(lines.begins(with: "rule") ? try rule() : try question())
        }
        guard nodes.first?.isRule == false else { throw lines.fault }
    }

    private mutating func question() throws(DecisionTreeError) -> NamedNode {
        let words = try lines.words("question", 2)
        let isMany = words[1] == ascii("many")
        guard isMany || words[1] == ascii("one") else { throw lines.fault }
        var node = NamedNode(id: try newNode(words[0]), isRule: false, isMany: isMany)
        repeat {
            let words = try lines.words("answer", atLeast: 3)
            guard words[1] == ascii("to"), node.ways.count < TreeNode.mostAnswers else {
                throw lines.fault
            }
            let id = try lines.id(words[0])
            guard !node.ways.contains(where: { $0.id == id }) else { throw lines.twice }
            var way = NamedNode.Way(id: id, target: words[2])
            for word in words.dropFirst(3) {
                let fact = try lines.value(Fact(word))
                guard !fact.isOutcome else { throw lines.fault }
                way.facts.append(facts.add(fact))
            }
            node.ways.append(way)
        } while lines.begins(with: "answer")
        node.sources = try lines.sources()
        return node
    }

    private mutating func rule() throws(DecisionTreeError) -> NamedNode {
        let words = try lines.words("rule", 1)
        var node = NamedNode(id: try newNode(words[0]), isRule: true, isMany: false)
        repeat {
            guard node.ways.last?.terms.isEmpty != true else { throw lines.fault }
            let words = try lines.words("case", atLeast: 1)
            var way = NamedNode.Way(id: [], target: words[0])
            way.terms = try terms([[UInt8]](words.dropFirst()))
            guard !way.terms.contains(where: { facts.list[$0.fact].isOutcome }) else {
                throw lines.fault
            }
            node.ways.append(way)
        } while lines.begins(with: "case")
        guard node.ways.last?.terms.isEmpty == true else { throw lines.fault }
        node.sources = try lines.sources()
        return node
    }

    /// The id of a question or rule, which no other has.
    private func newNode(_ word: [UInt8]) throws(DecisionTreeError) -> [UInt8] {
        guard !nodes.contains(where: { $0.id == word }) else { throw lines.twice }
        return try lines.id(word)
    }

    mutating func readOutcomes() throws(DecisionTreeError) {
        repeat {
            let words = try lines.words("outcome", 3)
            let id = try lines.id(words[0])
            let isTwin = outcomes.contains { $0.id == id } || nodes.contains { $0.id == id }
            guard !isTwin else { throw lines.twice }
            let kind: TreeOutcome.Kind
            switch words[1] {
            case ascii("danger"): kind = .danger
            case ascii("help"): kind = .help
            case ascii("settled"): kind = .settled
            default: throw lines.fault
            }
            let rung = try lines.value(Decimal.decode(words[2]))
            guard rung <= 8 else { throw lines.fault }
            _ = facts.add(.reached(id))
            outcomes.append(
                TreeOutcome(id: id, kind: kind, rung: UInt8(rung), sources: try lines.sources())
            )
        } while lines.begins(with: "outcome")
    }

    mutating func readOrganisations() throws(DecisionTreeError) {
        while lines.begins(with: "organisation") {
            var organisation = try lines.organisation()
            guard !organisations.contains(where: { $0.id == organisation.id }) else {
                throw lines.twice
            }
            while lines.begins(with: "contact") {
                organisation.contacts.append(try lines.contact())
            }
            organisation.sources = try lines.sources()
            organisations.append(organisation)
        }
    }

    mutating func readEntries() throws(DecisionTreeError) {
        while lines.begins(with: "show") {
            var entry = try lines.entry(organisations)
            if let last = entries.last, last.block.rawValue > entry.block.rawValue {
                throw lines.fault
            }
            guard !entries.contains(where: { $0.block == entry.block && $0.id == entry.id }) else {
                throw lines.twice
            }
            repeat {
                entry.whens.append(try terms(try lines.words("when", atLeast: 1)))
            } while lines.begins(with: "when")
            entry.sources = try lines.sources()
            entries.append(entry)
        }
    }

    mutating func readDeskFacts() throws(DecisionTreeError) {
        while !lines.isAtEnd {
            let words = try lines.words("fact", atLeast: 1)
            guard words.allSatisfy(Fact.isWord), words[0] != ascii("outcome") else {
                throw lines.fault
            }
            guard !deskFacts.contains(where: { $0.name == words[0] }) else { throw lines.twice }
            let values = [[UInt8]](words.dropFirst())
            for value in values { _ = facts.add(Fact(name: words[0], value: value)) }
            deskFacts.append(.init(name: words[0], values: values))
        }
    }

    private mutating func terms(_ words: [[UInt8]]) throws(DecisionTreeError) -> [TreeTerm] {
        var terms: [TreeTerm] = []
        for word in words {
            let isNegated = word.first == 0x21
            let fact = try lines.value(Fact(isNegated ? [UInt8](word.dropFirst()) : word))
            terms.append(TreeTerm(fact: facts.add(fact), isNegated: isNegated))
        }
        return terms
    }

    /// The nodes, with targets by index.
    func linkedNodes() throws(DecisionTreeError) -> [TreeNode] {
        var linked: [TreeNode] = []
        for (index, node) in nodes.enumerated() {
            var answers: [TreeAnswer] = []
            var cases: [TreeCase] = []
            for way in node.ways {
                let target = try target(way.target, after: index)
                if node.isRule {
                    guard way.terms.allSatisfy({ isKnown($0.fact, at: index) }) else {
                        throw .factTooLate
                    }
                    cases.append(TreeCase(target: target, terms: way.terms))
                } else {
                    answers.append(TreeAnswer(id: way.id, target: target, facts: way.facts))
                }
            }
            linked.append(
                TreeNode(
                    id: node.id,
                    kind: node.isRule ? .rule(cases) : .question(isMany: node.isMany, answers),
                    sources: node.sources
                )
            )
        }
        return linked
    }

    private func target(
        _ name: [UInt8],
        after index: Int
    ) throws(DecisionTreeError) -> TreeTarget {
        if let outcome = outcomes.firstIndex(where: { $0.id == name }) { return .outcome(outcome) }
        guard let node = nodes.firstIndex(where: { $0.id == name }), node > index else {
            throw .noTarget
        }
        return .node(node)
    }

    /// Whether no node after this one gives a fact: a walk passes the nodes once, in order.
    private func isKnown(_ fact: Int, at index: Int) -> Bool {
        nodes.dropFirst(index).allSatisfy { node in
            node.ways.allSatisfy { !$0.facts.contains(fact) }
        }
    }
}

/// A node whose ways lead to names.
private struct NamedNode {
    let id: [UInt8]
    let isRule: Bool
    let isMany: Bool
    var ways: [Way] = []
    var sources: [[UInt8]] = []

    struct Way {
        let id: [UInt8]
        let target: [UInt8]
        var facts: [Int] = []
        var terms: [TreeTerm] = []
    }
}
