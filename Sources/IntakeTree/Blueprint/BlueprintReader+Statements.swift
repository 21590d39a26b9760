/// Duties, leads, rungs, and what must hold on every walk.
extension BlueprintReader {
    func statement(_ field: Written.Field, block: String) -> TreeBlueprint.Statement {
        let what = "\(block) \(field.key.text)"
        let dated = ["block", "from", "until", "sleeps", "if", "source"]
        let keys = block == "lead" ? ["if", "source"] : dated
        let inside = fields(field.value, what, allowed: keys)
        let start = field.key.position
        if inside["if"] == nil {
            findings.error("\(what) has no condition, it must have one", at: start)
        }
        var statement = TreeBlueprint.Statement(
            id: field.key,
            block: block,
            condition: condition(inside["if"], at: start)
        )
        if let other = inside["block"] {
            let names = ["duty", "desk"]
            statement.block = choice(other, "the block", of: names, at: other.position) ?? block
        }
        statement.from = day(inside["from"], "from")?.text
        statement.until = day(inside["until"], "until")
        statement.sleeps = optional(inside["sleeps"], "sleeps of \(what)")
        if let sleeps = statement.sleeps, statement.from != nil {
            let clause = "\(what) sleeps and has a day from, it must have one of them"
            findings.error(clause, at: sleeps.position)
        }
        statement.sources = sources(inside["source"], what, at: start)
        return statement
    }

    func rung(_ field: Written.Field) -> TreeBlueprint.Rung {
        let what = "rung \(field.key.text)"
        let inside = fields(field.value, what, allowed: ["rung", "if", "source"])
        let start = field.key.position
        var rung = TreeBlueprint.Rung(id: field.key, condition: condition(inside["if"], at: start))
        let numbers = (0...8).map(String.init)
        let number = choice(inside["rung"], "the number of \(what)", of: numbers, at: start)
        rung.number = number.flatMap { Int($0) } ?? 0
        rung.sources = sources(inside["source"], what, at: start)
        return rung
    }

    func demand(_ value: Written, _ what: String) -> TreeBlueprint.Demand {
        let inside = fields(value, what, allowed: ["show", "if", "source"])
        _ = sources(inside["source"], what, at: value.position)
        var blocks = ["first", "place", "also", "note", "duty", "lead", "rung", "desk"]
        // An organisation's row that is in sight, and not folded.
        if what != "never_together" { blocks.append("seen") }
        // Titles send people too; no outcome is shown beside another by itself.
        if what == "forbid" { blocks.append("outcome") }
        let shown = words(inside["show"], "show of \(what)").compactMap {
            word -> (block: String, id: Word?)? in
            let parts = word.text.split(separator: " ").map(String.init)
            guard let block = parts.first, blocks.contains(block), parts.count <= 2 else {
                let clause = "\"\(word.text)\" is no block with an id, it must be"
                findings.error(clause, at: word.position)
                return nil
            }
            let id = parts.count == 2 ? Word(text: parts[1], position: word.position) : nil
            if ["outcome", "seen"].contains(block), id == nil {
                findings.error("\"\(block)\" names none, it must name one", at: word.position)
            }
            return (block, id)
        }
        if shown.isEmpty {
            findings.error("\(what) shows nothing, it must name something", at: value.position)
        }
        return .init(shown: shown, condition: condition(inside["if"], at: value.position))
    }
}
