import SealedIntake

/// Proves what must be true on every walk, and names a walk that breaks it.
struct TreeProof {
    let blueprint: TreeBlueprint
    let entries: [TreeEntryPlan]
    let day: Day
    let findings: TreeFindings
    private var model: TreeModel
    private let sight: TreeSight

    /// Questions that a walk with one theme may ask.
    static let mostQuestions = 8

    init(
        _ blueprint: TreeBlueprint,
        entries: [TreeEntryPlan],
        day: Day,
        findings: TreeFindings
    ) {
        self.blueprint = blueprint
        self.entries = entries
        self.day = day
        self.findings = findings
        var model = TreeModel(blueprint)
        sight = TreeSight(blueprint, entries, &model)
        self.model = model
    }

    mutating func check() {
        checkReach()
        checkDanger()
        checkLength()
        checkEnds()
        checkEntries()
        for demand in blueprint.forbidden { checkForbidden(demand) }
        for demand in blueprint.required { checkRequired(demand) }
        for demand in blueprint.apart { checkApart(demand) }
    }

    private func told(_ walk: [String]) -> String { "on the walk " + walk.joined(separator: ", ") }

    private mutating func never(_ case: Int, _ clause: String, at position: SourcePosition) {
        guard let walk = model.walk(`case`) else { return }
        findings.error("\(clause), \(told(walk))", at: position)
    }

    private func checkReach() {
        for node in blueprint.nodes where (model.reached[node.id.text] ?? 0) == TruthDiagram.no {
            let clause = "no walk reaches \"\(node.id.text)\", some walk must"
            findings.error(clause, at: node.id.position)
        }
        for outcome in blueprint.outcomes
        where (model.outcomes[outcome.id.text] ?? 0) == TruthDiagram.no {
            let clause = "no walk reaches the outcome \"\(outcome.id.text)\", some walk must"
            findings.error(clause, at: outcome.id.position)
        }
    }

    /// Danger is one step from its number.
    private func checkDanger() {
        guard let first = blueprint.nodes.first else { return }
        let targets = first.answers.compactMap { $0.target?.text }
        let dangers = blueprint.outcomes.filter { $0.kind == "danger" }
        for outcome in dangers where !targets.contains(outcome.id.text) {
            let clause =
                "the danger outcome \"\(outcome.id.text)\" is no answer of the first question, "
                + "it must be one"
            findings.error(clause, at: outcome.id.position)
        }
        if first.isRule || !dangers.contains(where: { targets.contains($0.id.text) }) {
            let clause = "no answer of the first question leads to danger, one must"
            findings.error(clause, at: first.id.position)
        }
    }

    private mutating func checkLength() {
        guard let first = blueprint.nodes.first else { return }
        let most = Self.mostQuestions
        let asked = model.asked()
        if let count = asked.lastIndex(where: { $0 != TruthDiagram.no }), count > most,
            let walk = model.walk(asked[count])
        {
            let clause = "a walk asks \(count) questions, it must ask at most \(most)"
            findings.error("\(clause), \(told(walk))", at: first.id.position)
        }
        let bytes = mostBytes(blueprint.nodes.filter { !$0.isRule })
        if bytes > Answer.longestList {
            let clause =
                "all answers together may take \(bytes) bytes, they must take at most "
                + "\(Answer.longestList)"
            findings.error(clause, at: first.id.position)
        }
    }

    /// The most bytes that answers can take of questions no two of which exclude each other.
    private mutating func mostBytes(_ left: [TreeBlueprint.Node]) -> Int {
        guard let node = left.first else { return 0 }
        let sizes = node.answers.map { node.id.text.utf8.count + $0.id.text.utf8.count + 2 }
        let size = node.isMany ? sizes.reduce(0, +) : sizes.max() ?? 0
        let here = model.reached[node.id.text] ?? TruthDiagram.no
        let rest = Array(left.dropFirst())
        var beside: [TreeBlueprint.Node] = []
        for one in rest {
            let both = model.and(here, model.reached[one.id.text] ?? TruthDiagram.no)
            if both != TruthDiagram.no { beside.append(one) }
        }
        let with = size + mostBytes(beside)
        return beside.count == rest.count ? with : max(with, mostBytes(rest))
    }

    /// The walks of these that show nothing of the blocks: they become fewer with each entry.
    private mutating func left(_ walks: Int, without blocks: [String]) -> Int {
        entries.filter { blocks.contains($0.block) }
            .reduce(walks) { model.without($0, model.shown($1)) }
    }

    /// Every walk ends in first help, somewhere to go or an explicit none, and a rung.
    private mutating func checkEnds() {
        guard let start = blueprint.nodes.first?.id.position else { return }
        let helps = blueprint.outcomes.filter { $0.kind == "help" }
        let help = model.any(helps.map { model.outcomes[$0.id.text] ?? TruthDiagram.no })
        let ended = model.any(blueprint.outcomes.map { model.outcomes[$0.id.text] ?? 0 })
        let asked = model.and(model.complete, help)
        let danger = model.danger
        let nothing = model.without(model.complete, ended)
        never(nothing, "a complete walk ends in no outcome, it must end in one", at: start)
        let cold = left(model.any([asked, danger]), without: ["first"])
        never(cold, "a walk shows no first help, it must show some", at: start)
        let lost = left(asked, without: ["place", "also"])
        never(lost, "a walk shows no place to go, it must show one", at: start)
        let low = left(asked, without: ["rung"])
        never(low, "a walk shows no rung of the ladder, it must show one", at: start)
    }

    private mutating func checkEntries() {
        var seen: Set<String> = []
        for entry in entries {
            let isShown = model.shown(entry) != TruthDiagram.no || hasFreeFact(entry)
            if TreeCompiler.blocks.contains(entry.block), isShown { seen.insert(entry.id) }
            if !isShown {
                let clause = "no walk shows \(entry.block) \"\(entry.id)\", some walk must"
                findings.error(clause, at: entry.position)
            }
        }
        for one in blueprint.organisations {
            let isSeen = seen.contains(one.id.text)
            if !isSeen, one.notInTree == nil {
                let clause =
                    "no walk shows the \(one.isPartner ? "partner" : "organisation") "
                    + "\"\(one.id.text)\", some walk must, or not_in_tree must say why not"
                findings.error(clause, at: one.id.position)
            }
            if isSeen, let reason = one.notInTree {
                let clause = "\"\(one.id.text)\" is shown and said to be not in the tree, "
                findings.error(clause + "it must be one of them", at: reason.position)
            }
        }
    }

    /// A desk fact without a list of values can be anything.
    private func hasFreeFact(_ entry: TreeEntryPlan) -> Bool {
        let free = blueprint.deskFacts.filter { $0.values.isEmpty }.map(\.name.text)
        return entry.whens.joined().contains { free.contains($0.fact) }
    }

    private func matches(_ entry: TreeEntryPlan, _ demand: TreeBlueprint.Demand) -> Bool {
        demand.shown.contains { block, id in
            block == entry.block && (id.map { $0.text == entry.id } ?? true)
        }
    }

    private func checkNames(_ demand: TreeBlueprint.Demand) {
        for (block, id) in demand.shown {
            guard let id else { continue }
            let isPlace = TreeCompiler.blocks.contains(block) || block == "seen"
            let names =
                block == "outcome"
                ? blueprint.outcomes.map(\.id.text)
                : isPlace
                    ? blueprint.organisations.map(\.id.text)
                    : entries.filter { $0.block == block }.map(\.id)
            if !names.contains(id.text) { findings.unknown(block, id, among: names) }
        }
    }

    private mutating func checkForbidden(_ demand: TreeBlueprint.Demand) {
        checkNames(demand)
        let condition = model.holds(demand.condition.alternatives)
        for entry in entries where matches(entry, demand) {
            let clause = "\(entry.block) \"\(entry.id)\" is shown, which is forbidden here"
            let both = model.and(model.shown(entry), condition)
            never(both, clause + ": it must not be", at: demand.condition.position)
        }
        for case ("outcome", let id?) in demand.shown {
            let clause = "outcome \"\(id.text)\" is reached, which is forbidden here"
            let both = model.and(model.outcomes[id.text] ?? TruthDiagram.no, condition)
            never(both, clause + ": it must not be", at: demand.condition.position)
        }
        for case ("seen", let id?) in demand.shown {
            let clause = "\"\(id.text)\" is in sight, which is forbidden here"
            let both = model.and(sight.walks[id.text] ?? TruthDiagram.no, condition)
            never(both, clause + ": it must not be", at: demand.condition.position)
        }
    }

    private mutating func checkRequired(_ demand: TreeBlueprint.Demand) {
        checkNames(demand)
        let holding = entries.filter { entry in
            matches(entry, demand) && holdsToday(entry)
        }
        let seen = demand.shown.filter { $0.block == "seen" }
            .map { sight.walks[$0.id?.text ?? ""] ?? TruthDiagram.no }
        let calm = model.without(model.complete, model.danger)
        let asked = model.and(calm, model.holds(demand.condition.alternatives))
        let names = demand.shown.map { [$0.block, $0.id?.text].compactMap { $0 } }
            .map { $0.joined(separator: " ") }.joined(separator: " or ")
        let missing = (holding.map { model.shown($0) } + seen)
            .reduce(asked) { model.without($0, $1) }
        never(missing, "\(names) is not shown, one must be", at: demand.condition.position)
        if asked == TruthDiagram.no {
            let clause = "no walk meets the condition of what is required, some walk must"
            findings.error(clause, at: demand.condition.position)
        }
    }

    private mutating func checkApart(_ demand: TreeBlueprint.Demand) {
        checkNames(demand)
        let condition = model.holds(demand.condition.alternatives)
        let named = entries.filter { matches($0, demand) && holdsToday($0) }
        for (number, entry) in named.enumerated() {
            let one = model.and(model.shown(entry), condition)
            for other in named.dropFirst(number + 1) {
                let clause =
                    "\(entry.block) \"\(entry.id)\" is shown beside \(other.block) "
                    + "\"\(other.id)\": they must never stand together"
                never(model.and(one, model.shown(other)), clause, at: demand.condition.position)
            }
        }
    }

    private func holdsToday(_ entry: TreeEntryPlan) -> Bool {
        let from = entry.from.flatMap { Day(text: [UInt8]($0.utf8)) }
        let until = entry.until.flatMap { Day(text: [UInt8]($0.utf8)) }
        return (from.map { $0.number <= day.number } ?? true)
            && (until.map { $0.number >= day.number } ?? true)
    }
}
