import SealedIntake

/// Checks that every name leads to something, before anything is proved.
struct TreeLinks {
    let blueprint: TreeBlueprint
    let findings: TreeFindings

    func check() {
        checkTwins()
        for (number, node) in blueprint.nodes.enumerated() { check(node, number) }
        let organisations = blueprint.organisations.map(\.id.text)
        func known(_ word: Word) {
            if !organisations.contains(word.text) {
                findings.unknown("the organisation", word, among: organisations)
            }
        }
        for outcome in blueprint.outcomes {
            for block in TreeCompiler.blocks {
                for place in outcome.places[block] ?? [] {
                    known(place.id)
                    check(place.condition)
                }
            }
        }
        for modifier in blueprint.modifiers {
            check(modifier.condition)
            for block in TreeCompiler.blocks {
                for place in modifier.places[block] ?? [] {
                    known(place.id)
                    check(place.condition)
                }
            }
            modifier.hidden.forEach(known)
            for (old, new) in modifier.replaced {
                known(old)
                known(new)
            }
        }
        for statement in blueprint.leads + blueprint.duties {
            check(statement.condition, isDesk: statement.block == "desk")
        }
        for rung in blueprint.ladder {
            check(rung.condition)
            // One that leads to nobody may have any id, but no half of one.
            let isPlace = organisations.contains(rung.place)
            if !isPlace, rung.place != rung.id.text {
                findings.unknown("the organisation of the rung", rung.id, among: organisations)
            }
        }
        for demand in blueprint.forbidden + blueprint.required + blueprint.apart {
            check(demand.condition)
        }
    }

    private func checkTwins() {
        var seen: Set<String> = []
        for word in blueprint.nodes.map(\.id) + blueprint.outcomes.map(\.id)
        where !seen.insert(word.text).inserted {
            let clause = "the id \"\(word.text)\" names two things, it must name one"
            findings.error(clause, at: word.position)
        }
    }

    private func check(_ node: TreeBlueprint.Node, _ number: Int) {
        for answer in node.answers {
            if let target = answer.target { check(target, after: number) }
        }
        for one in node.cases {
            check(one.target, after: number)
            check(one.condition, before: number)
        }
        let notSaid = String(utf8: TreeName.notSaid)
        if !node.isRule, !node.answers.contains(where: { $0.id.text == notSaid }) {
            let clause = "question \(node.id.text) has no answer \"\(notSaid)\", it must have one"
            findings.error(clause, at: node.id.position)
        }
        if node.answers.count >= TreeNode.mostAnswers {
            let clause =
                "question \(node.id.text) has too many answers, it must have under "
                + "\(TreeNode.mostAnswers)"
            findings.error(clause, at: node.id.position)
        }
    }

    private func check(_ target: Word, after number: Int) {
        let nodes = blueprint.nodes.map(\.id.text)
        if blueprint.outcomes.contains(where: { $0.id.text == target.text }) { return }
        guard let place = nodes.firstIndex(of: target.text) else {
            let names = nodes + blueprint.outcomes.map(\.id.text)
            return findings.unknown("the question or outcome", target, among: names)
        }
        if place <= number {
            let clause =
                "\"\(nodes[number])\" leads back to \"\(target.text)\", which would be a cycle: "
                + "it must lead further down"
            findings.error(clause, at: target.position)
        }
    }

    /// A fact that is never given would make a condition a dead letter, mostly by a slip.
    private func check(_ condition: Condition, isDesk: Bool = false, before number: Int? = nil) {
        let nodes = number.map { blueprint.nodes.prefix($0) } ?? blueprint.nodes[...]
        var known = Set(nodes.flatMap { $0.answers.flatMap { $0.facts.map(\.term.name) } })
        if number == nil { known.formUnion(blueprint.outcomes.map { "outcome=" + $0.id.text }) }
        var free: Set<String> = []
        if isDesk {
            for (name, values) in blueprint.deskFacts {
                known.formUnion(values.map { name.text + "=" + $0.text })
                if values.isEmpty { free.insert(name.text) }
            }
        }
        let terms = Set(
            condition.alternatives.joined().map { Term(fact: $0.fact, value: $0.value) }
        )
        for term in terms.sorted(by: { $0.name < $1.name })
        where !known.contains(term.name) && !free.contains(term.fact) {
            let word = Word(text: term.name, position: condition.position)
            findings.unknown("the fact", word, among: known)
        }
    }
}
