import SealedIntake

/// The style rules of an ending.
///
/// `--h` hides a part of it, and says so; `--z` is valid where nothing before shows the same
/// organisation, `--r` where nothing before it in its list is shown: so it is the one in sight.
struct EndingStyle {
    private let tree: DecisionTree
    private let ending: TreeEnding
    private let titled: [TreeEntry.Block]
    private let asked: Set<Int>
    private var definitions: [TreeAtom: Formula] = [:]

    /// Takes the entries of which others ask whether they are shown.
    init(
        _ tree: DecisionTree,
        _ ending: TreeEnding,
        _ titled: [TreeEntry.Block],
        asked: Set<Int> = []
    ) {
        self.asked = asked
        self.tree = tree
        self.ending = ending
        self.titled = titled
        for entry in ending.entries {
            definitions[.entry(entry.index)] = .all([entry.when] + new(entry))
        }
        definitions[.staff] = ending.isStaff
        rank(ending.outcomes.map { (firstOutcome($0.index), $0.when) })
        for block in [TreeEntry.Block.first, .place] {
            let ranked = ending.entries(of: block, in: tree)
                .filter { tree.entries[$0].isRanked(in: tree) }
            rank(ranked.map { (firstEntry($0), .atom(.entry($0))) })
        }
    }

    /// The rules of an ending.
    struct Rules {
        /// What is said of the ending itself.
        var own: [String]
        /// What its parts follow from, and the ranks among them.
        var shared: [String]
        /// The parts, by selector.
        var parts: [(selector: String, body: String)]
    }

    /// The rules, with all that they ask for.
    func css(_ sheet: inout ToggleSheet) -> Rules {
        var parts = ending.outcomes.compactMap { rule(of: $0, &sheet) } + self.parts(&sheet)
        parts += ending.entries.compactMap { rule(ofEntry: $0, &sheet) } + told(&sheet)
        let own = whole(&sheet)
        var entries: [String] = []
        var ranks: [String] = []
        while let literal = sheet.nextInEnding() {
            let formula = definitions[literal.atom] ?? .always
            let name = sheet.name(literal)
            let text = sheet.declaration(name, literal.isNegated ? formula.opposite : formula)
            if case .first = literal.atom { ranks.append(text) } else { entries.append(text) }
        }
        return Rules(own: own, shared: entries + ranks, parts: parts)
    }

    private func firstOutcome(_ index: Int) -> TreeAtom { .first(index) }

    private func firstEntry(_ index: Int) -> TreeAtom { .first(tree.outcomes.count + index) }

    private func new(_ entry: TreeEnding.Part) -> [Formula] {
        entry.before.map { Formula.atom(.entry($0)).opposite }
    }

    private mutating func rank(_ list: [(atom: TreeAtom, shown: Formula)]) {
        var before = Formula.always
        for (atom, shown) in list {
            definitions[atom] = before
            let isFirst = before == .always ? before : .atom(atom)
            before = .all([isFirst, shown.opposite])
        }
    }

    private func isFirst(_ atom: TreeAtom) -> Formula {
        definitions[atom] == .always ? .always : .atom(atom)
    }

    /// When the ending is shown, and what comes first in it.
    private func whole(_ sheet: inout ToggleSheet) -> [String] {
        var own: [String] = []
        switch ending.kind {
        case .danger:
            let hidden = Formula.all(ending.outcomes.map(\.when.opposite))
            own = [sheet.declaration("--w", hidden, "none"), "--v: "]
        case .help:
            own = [sheet.declaration("--w", .atom(.above(-1)), "none")]
            own.append(sheet.declaration("--v", .atom(.done)))
        case .settled:
            own = [sheet.declaration("--v", .all([.atom(.done), .atom(.above(-1))]))]
        }
        guard ending.kind != .danger else { return own }
        let isStaff = Formula.atom(.staff)
        let none = ending.told(in: tree).map { Formula.atom(.entry($0)).opposite }
        own.append(sheet.declaration("--t", isStaff, "none"))
        own.append(sheet.declaration("--u", isStaff, "block"))
        own.append(sheet.declaration("--c", .some([isStaff, .all(none)])))
        return own
    }

    private func rule(of outcome: TreeEnding.Part, _ sheet: inout ToggleSheet) -> (String, String)?
    {
        let hidden = outcome.when.opposite
        let first = isFirst(firstOutcome(outcome.index))
        guard hidden != .never else { return nil }
        let rank = first == .always ? "" : ";" + sheet.declaration("--r", first)
        return (".o\(outcome.index)", sheet.declaration("--h", hidden, "none") + rank)
    }

    private func rule(
        ofEntry entry: TreeEnding.Part,
        _ sheet: inout ToggleSheet
    ) -> (String, String)? {
        let isRanked = tree.entries[entry.index].isRanked(in: tree)
        var own: [String] = []
        if isRanked || asked.contains(entry.index) {
            let hidden = Formula.atom(.entry(entry.index)).opposite
            own.append(sheet.declaration("--h", hidden, "none"))
        } else {
            var shown = new(entry)
            var rest: [Formula] = []
            for part in entry.when.conjuncts {
                if case .literal(let one) = part, one.isNegated || one.atom.isOfLadder {
                    shown.append(part)
                } else {
                    rest.append(part)
                }
            }
            if !rest.isEmpty {
                own.append(sheet.declaration("--h", Formula.all(rest).opposite, "none"))
            }
            if !shown.isEmpty { own.append(sheet.declaration("--z", .all(shown))) }
        }
        let first = isFirst(firstEntry(entry.index))
        if isRanked, first != .always { own.append(sheet.declaration("--r", first)) }
        return own.isEmpty ? nil : (".e\(entry.index)", own.joined(separator: ";"))
    }

    /// The entries of which something else asks whether they are shown.
    var entriesAsked: Set<Int> {
        Set(ending.entries.flatMap(\.before) + parts.joined())
    }

    /// Telling it is in lists of its own.
    private func told(_ sheet: inout ToggleSheet) -> [(String, String)] {
        guard ending.kind != .danger else { return [] }
        var before: [Formula] = []
        return ending.told(in: tree).map { index in
            defer { before.append(Formula.atom(.entry(index)).opposite) }
            return (":is(.t,.u) .e\(index)", sheet.declaration("--r", .all(before)))
        }
    }

    /// The entries of which one has to be shown for a part to be.
    private var parts: [[Int]] {
        titled.filter { !isSure($0) }.map { ending.entries(of: $0, in: tree) }
            + [ending.duties(ofStaff: true, in: tree), ending.duties(ofStaff: false, in: tree)]
    }

    private func parts(_ sheet: inout ToggleSheet) -> [(String, String)] {
        let names = titled.filter { !isSure($0) }.map { ".b\($0.rawValue)" } + [".must", ".law"]
        return zip(names, parts).compactMap { name, entries in
            guard !entries.isEmpty else { return nil }
            let none = Formula.all(entries.map { Formula.atom(.entry($0)).opposite })
            return (name, sheet.declaration("--n", none, "none"))
        }
    }

    /// Whoever is helped sees a rung: `intake-admin tree check` proves it of each tree.
    private func isSure(_ block: TreeEntry.Block) -> Bool {
        block == .rung && ending.kind != .danger
    }
}

extension TreeAtom {
    /// Whether it says no more than that outcomes are not reached.
    fileprivate var isOfLadder: Bool { if case .above = self { true } else { false } }
}
