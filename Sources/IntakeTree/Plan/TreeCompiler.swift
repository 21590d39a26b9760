/// Makes entries with whens of what people wrote: outcomes first, then what modifiers change.
struct TreeCompiler {
    let blueprint: TreeBlueprint
    private(set) var entries: [TreeEntryPlan] = []

    static let blocks = ["first", "place", "also"]

    init(_ blueprint: TreeBlueprint) {
        self.blueprint = blueprint
        addOutcomes()
        addPlacesOfModifiers()
        for modifier in blueprint.modifiers { change(modifier) }
        sortPlaces()
        addNotes()
        addStatements(blueprint.duties.filter { $0.block == "duty" })
        addStatements(blueprint.leads)
        addRungs()
        addStatements(blueprint.duties.filter { $0.block == "desk" })
    }

    private mutating func add(
        _ block: String,
        _ id: Word,
        _ whens: [[Term]],
        _ sources: [String]
    ) {
        let place = entries.firstIndex { $0.block == block && $0.id == id.text }
        let index = place ?? entries.count
        if place == nil {
            entries.append(TreeEntryPlan(block: block, id: id.text, position: id.position))
        }
        entries[index].add(whens, from: sources)
    }

    private mutating func addOutcomes() {
        for outcome in blueprint.outcomes {
            let reached = [[Term(fact: "outcome", value: outcome.id.text)]]
            for block in Self.blocks {
                for place in outcome.places[block] ?? [] {
                    let whens = Condition.both(reached, place.condition.alternatives)
                    add(block, place.id, whens, outcome.sources)
                }
            }
        }
    }

    /// What a modifier adds says nothing where all is settled, for there nothing is needed; a
    /// condition that names an outcome of another kind never holds there.
    private func whens(of modifier: TreeBlueprint.Modifier, and more: [[Term]]) -> [[Term]] {
        let settled = blueprint.outcomes.filter { $0.kind == "settled" }.map(\.id.text)
        let calm = settled.map { Term(fact: "outcome", value: $0, isNegated: true) }
        let lists = modifier.condition.alternatives.map { terms in
            let isNamed = terms.contains {
                $0.fact == "outcome" && !$0.isNegated && !settled.contains($0.value)
            }
            return isNamed ? terms : terms + calm
        }
        return Condition.both(lists, more)
    }

    private mutating func addPlacesOfModifiers() {
        for modifier in blueprint.modifiers {
            for block in Self.blocks {
                for place in modifier.places[block] ?? [] {
                    let whens = whens(of: modifier, and: place.condition.alternatives)
                    add(block, place.id, whens, modifier.sources)
                }
            }
        }
    }

    private mutating func change(_ modifier: TreeBlueprint.Modifier) {
        let condition = modifier.condition.alternatives
        let otherwise = Condition.none(of: condition)
        let before = entries
        let changed = modifier.lost
        for index in entries.indices where changed.contains(entries[index].id) {
            entries[index].whens = Condition.both(entries[index].whens, otherwise)
        }
        for (old, new) in modifier.replaced {
            for entry in before where entry.id == old.text {
                let whens = Condition.both(entry.whens, condition)
                if !whens.isEmpty { add(entry.block, new, whens, modifier.sources) }
            }
        }
        for index in entries.indices where changed.contains(entries[index].id) {
            entries[index].add([], from: modifier.sources)
        }
        entries.removeAll { $0.whens.isEmpty }
    }

    /// Blocks in their order, within a block the order of urgency of the organisations' file.
    private mutating func sortPlaces() {
        let order = blueprint.organisations.map(\.id.text)
        func rank(_ entry: TreeEntryPlan) -> (Int, Int) {
            (
                Self.blocks.firstIndex(of: entry.block) ?? 0,
                order.firstIndex(of: entry.id) ?? order.count
            )
        }
        entries.sort { rank($0) < rank($1) }
    }

    private mutating func addNotes() {
        for modifier in blueprint.modifiers {
            for note in modifier.notes {
                add("note", note, whens(of: modifier, and: [[]]), modifier.sources)
            }
        }
    }

    private mutating func addStatements(_ statements: [TreeBlueprint.Statement]) {
        for statement in statements where statement.sleeps == nil {
            let whens = statement.condition.alternatives
            add(statement.block, statement.id, whens, statement.sources)
            entries[entries.count - 1].from = statement.from
            entries[entries.count - 1].until = statement.until?.text
        }
    }

    /// The ladder begins where the outcome that lies highest begins; danger gets its numbers and
    /// nothing else.
    private mutating func addRungs() {
        let danger = blueprint.outcomes.first { $0.kind == "danger" }
        for number in 0...8 {
            let past = blueprint.outcomes.filter { $0.kind != "danger" && $0.rung > number }
            let names = past.isEmpty ? [danger?.id.text ?? ""] : past.map(\.id.text)
            let begun = names.map { Term(fact: "outcome", value: $0, isNegated: true) }
            for rung in blueprint.ladder where rung.number == number {
                let condition = rung.condition.alternatives
                // That there is no danger goes without saying where something else is said.
                let isSaid = past.isEmpty && condition != [[]]
                let whens = isSaid ? condition : Condition.both([begun], condition)
                add("rung", rung.id, left(whens, for: rung), rung.sources)
            }
        }
    }

    /// A rung leads nowhere that a modifier hides.
    private func left(_ whens: [[Term]], for rung: TreeBlueprint.Rung) -> [[Term]] {
        blueprint.modifiers.filter { $0.lost.contains(rung.place) }.reduce(whens) { left, one in
            Condition.both(left, Condition.none(of: one.condition.alternatives))
        }
    }
}

extension TreeBlueprint.Modifier {
    /// The organisations that are not shown under its condition.
    var lost: [String] { replaced.map(\.old.text) + hidden.map(\.text) }
}
