/// `wegwijzer.yaml`: questions, outcomes, modifiers, leads and what must hold.
extension BlueprintReader {
    mutating func readTree(_ file: Written) {
        let keys = [
            "valid_from", "questions", "outcomes", "modifiers", "leads", "ladder", "forbid",
            "require", "never_together",
        ]
        let top = fields(file, "the tree", allowed: keys)
        if top["valid_from"] == nil {
            findings.error("valid_from is missing, it must be there", at: file.position)
        }
        blueprint.validFrom = day(top["valid_from"], "valid_from")
        for field in entries(top["questions"], "questions") { blueprint.nodes.append(node(field)) }
        for field in entries(top["outcomes"], "outcomes") {
            blueprint.outcomes.append(outcome(field))
        }
        for field in entries(top["modifiers"], "modifiers") {
            blueprint.modifiers.append(modifier(field))
        }
        for field in entries(top["leads"], "leads") {
            blueprint.leads.append(statement(field, block: "lead"))
        }
        blueprint.ladder = entries(top["ladder"], "ladder").map(rung)
        blueprint.forbidden = list(top["forbid"], "forbid").map { demand($0, "forbid") }
        blueprint.required = list(top["require"], "require").map { demand($0, "require") }
        blueprint.apart = list(top["never_together"], "never_together").map {
            demand($0, "never_together")
        }
        if blueprint.nodes.isEmpty {
            findings.error("the tree has no questions, it must have some", at: file.position)
        }
        if blueprint.outcomes.isEmpty {
            findings.error("the tree has no outcomes, it must have some", at: file.position)
        }
    }

    private func node(_ field: Written.Field) -> TreeBlueprint.Node {
        let what = "question \(field.key.text)"
        let inside = fields(field.value, what, allowed: ["source", "many", "answers", "rule"])
        var node = TreeBlueprint.Node(id: field.key)
        node.sources = sources(inside["source"], what, at: field.key.position)
        if let many = inside["many"] {
            node.isMany = choice(many, "many", of: ["true", "false"], at: many.position) == "true"
        }
        node.cases = list(inside["rule"], "the rule of \(what)").compactMap { one in
            let parts = fields(one, "a case of \(what)", allowed: ["to", "if"])
            guard let target = word(parts["to"], "the target of a case", at: one.position) else {
                return nil
            }
            return (target, condition(parts["if"], at: one.position))
        }
        node.answers = entries(inside["answers"], "the answers of \(what)").map(answer)
        if node.answers.isEmpty == node.cases.isEmpty {
            let clause = "\(what) has not one of answers and rule, it must have one of them"
            findings.error(clause, at: field.key.position)
        }
        if let last = node.cases.last, last.condition.alternatives != [[]] {
            let clause = "the last case of \(what) has a condition, it must have none"
            findings.error(clause, at: last.target.position)
        }
        for one in node.cases.dropLast() where one.condition.alternatives == [[]] {
            let clause = "a case of \(what) before the last has no condition, it must have one"
            findings.error(clause, at: one.target.position)
        }
        return node
    }

    private func answer(_ field: Written.Field) -> TreeBlueprint.Answer {
        let what = "answer \(field.key.text)"
        let inside = fields(field.value, what, allowed: ["to", "facts"])
        var answer = TreeBlueprint.Answer(id: field.key)
        answer.target = word(inside["to"], "the target of \(what)", at: field.key.position)
        guard let facts = inside["facts"] else { return answer }
        guard case .map(let list, _) = facts else {
            findings.error("the facts of \(what) are no map, they must be one", at: facts.position)
            return answer
        }
        for fact in list {
            checkID(fact.key, also: "_")
            guard let value = word(fact.value, "a fact", at: fact.key.position) else { continue }
            checkID(value, also: "_")
            if fact.key.text == "outcome" {
                let clause = "an answer gives the fact outcome, it must be another"
                findings.error(clause, at: fact.key.position)
            }
            answer.facts.append((Term(fact: fact.key.text, value: value.text), value.position))
        }
        return answer
    }

    private func places(_ value: Written?, _ what: String) -> [TreeBlueprint.Place] {
        list(value, what).compactMap { one in
            if case .word(let word) = one {
                return .init(id: word, condition: .always(word.position))
            }
            let inside = fields(one, what, allowed: ["id", "if"])
            guard let id = word(inside["id"], "the id of \(what)", at: one.position) else {
                return nil
            }
            return .init(id: id, condition: condition(inside["if"], at: one.position))
        }
    }

    private func blocks(
        _ inside: [String: Written],
        _ what: String
    )
        -> [String: [TreeBlueprint.Place]]
    {
        [
            "first": places(inside["first"], "first of \(what)"),
            "place": places(inside["places"], "places of \(what)"),
            "also": places(inside["also"], "also of \(what)"),
        ]
    }

    private func outcome(_ field: Written.Field) -> TreeBlueprint.Outcome {
        let what = "outcome \(field.key.text)"
        let keys = ["kind", "rung", "first", "places", "also", "source", "valid_from"]
        let inside = fields(field.value, what, allowed: keys)
        let start = field.key.position
        var outcome = TreeBlueprint.Outcome(id: field.key)
        let kinds = ["danger", "help", "settled"]
        outcome.kind = choice(inside["kind"], "the kind of \(what)", of: kinds, at: start) ?? ""
        let rungs = (0...8).map(String.init)
        let rung = choice(inside["rung"], "the rung of \(what)", of: rungs, at: start)
        outcome.rung = rung.flatMap { Int($0) } ?? 0
        outcome.places = blocks(inside, what)
        outcome.sources = sources(inside["source"], what, at: start)
        outcome.from = day(inside["valid_from"], "valid_from")
        return outcome
    }

    private func modifier(_ field: Written.Field) -> TreeBlueprint.Modifier {
        let what = "modifier \(field.key.text)"
        let keys = ["if", "first", "places", "also", "notes", "replace", "hide", "source"]
        let inside = fields(field.value, what, allowed: keys)
        let start = field.key.position
        if inside["if"] == nil {
            findings.error("\(what) has no condition, it must have one", at: start)
        }
        var modifier = TreeBlueprint.Modifier(
            id: field.key,
            condition: condition(inside["if"], at: start)
        )
        modifier.places = blocks(inside, what)
        modifier.notes = words(inside["notes"], "notes of \(what)")
        modifier.hidden = words(inside["hide"], "hide of \(what)")
        modifier.sources = sources(inside["source"], what, at: start)
        modifier.replaced = entries(inside["replace"], "replace of \(what)").compactMap { one in
            word(one.value, "a replacement", at: one.key.position).map { (one.key, $0) }
        }
        return modifier
    }
}
