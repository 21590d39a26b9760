/// Formulas as custom properties: one that holds is empty, one that does not is not valid.
///
/// `var(--a)var(--b)` is valid where both are, `var(--a,var(--b))` where one is. Nothing turns a
/// property into its opposite, so an atom has a property for itself and one for its opposite.
/// What nothing asks for has none.
///
/// An answer sets the properties of what stands behind its question: a browser that looks for what
/// is checked looks into one question, and not through the whole page.
struct ToggleSheet {
    private let logic: TreeLogic
    private let section: String?
    private var places: [TreeLiteral: Int] = [:]
    private var asked: Set<TreeLiteral> = []
    private var waiting: [TreeLiteral] = []
    private var waitingInEnding: [TreeLiteral] = []

    /// Takes the selector of the section that holds the questions, where they have one.
    init(_ logic: TreeLogic, section: String?) {
        self.logic = logic
        self.section = section
    }

    /// A declaration of a property that is valid, and this word, where the formula holds.
    mutating func declaration(_ name: String, _ formula: Formula, _ word: String = "") -> String {
        guard formula != .never else { return "\(name):initial" }
        let value = text(formula) + word
        return "\(name):\(value.isEmpty ? " " : value)"
    }

    /// What is asked for of an ending since the last time: it has to say what that is.
    mutating func nextInEnding() -> TreeLiteral? {
        guard let next = waitingInEnding.first else { return nil }
        waitingInEnding.removeFirst()
        return next
    }

    /// The next ending has other formulas for its atoms.
    mutating func endEnding() {
        asked = asked.filter { !$0.atom.isOfEnding }
    }

    /// The name of a property, until ``named(_:)`` gives it a short one.
    mutating func name(_ literal: TreeLiteral) -> String {
        if asked.insert(literal).inserted {
            if literal.atom.isOfEnding {
                waitingInEnding.append(literal)
            } else {
                waiting.append(literal)
            }
        }
        let place = places[literal] ?? places.count
        places[literal] = place
        return "--@\(place)@"
    }

    /// The rules for all that was asked for: what follows from answers, and what they say.
    mutating func css() -> [String] {
        var unchecked: [String] = []
        var defined: [String] = []
        var checked: [Int: [String]] = [:]
        while !waiting.isEmpty {
            let next = waiting.removeFirst()
            let name = name(next)
            if case .chosen(let index) = next.atom {
                let reached = logic.reached[logic.choices[index].question]
                let value = declaration(name, next.isNegated ? reached.opposite : reached)
                checked[index, default: []].append(value)
                if next.isNegated { unchecked.append("\(name): ") }
            } else {
                let formula = logic.definitions[next.atom] ?? .never
                defined.append(declaration(name, next.isNegated ? formula.opposite : formula))
            }
        }
        let behind = section.map { "\($0)~*" } ?? ".end"
        let rules = checked.sorted { logic.choices[$0.key] < logic.choices[$1.key] }
        return [".q,\(behind){\((unchecked + defined).joined(separator: ";"))}"]
            + rules.map { index, values in
                "\(selector(logic.choices[index])){\(values.joined(separator: ";"))}"
            }
    }

    private mutating func text(_ formula: Formula) -> String {
        switch formula {
        case .literal(let one): return "var(\(name(one)))"
        case .conjunction(let parts): return parts.map { text($0) }.joined()
        case .disjunction(let parts): return some(parts)
        }
    }

    /// Only the last of what `var()` falls back on can be more than a property; so of all other
    /// parts each property is combined with the rest.
    private mutating func some(_ parts: [Formula]) -> String {
        var groups = parts.filter { if case .literal = $0 { false } else { true } }
            .sorted { $0.conjuncts.count < $1.conjuncts.count }
        var inner = ""
        if groups.count == 1 { inner = text(groups[0]) }
        if groups.count > 1 {
            let first = groups.removeFirst()
            inner = first.conjuncts.map { text(.some([$0] + groups)) }.joined()
        }
        return parts.reversed().reduce(inner) { end, part in
            guard case .literal(let one) = part else { return end }
            return "var(\(name(one))\(end.isEmpty ? "" : ",")\(end))"
        }
    }

    /// What stands behind a question in which one of these is checked.
    ///
    /// An answer is known by its place among those of its question: names would weigh more.
    private func selector(_ choice: TreeLogic.Choice) -> String {
        let all = logic.inputs(of: choice.question)
        let others = all.filter { !choice.inputs.contains($0) }
        let chosen = choice.inputs.map { Self.child(of: all, $0) }
        var checked = chosen.count == 1 ? chosen[0] : ":is(\(chosen.joined(separator: ",")))"
        if others.count < chosen.count {
            let rest = others.map { Self.child(of: all, $0) }
            checked = ":not(\(rest.joined(separator: ",")))"
        }
        checked += ">:checked"
        if others.isEmpty { checked = ":checked" }
        let question = "#q\(choice.question)"
        let besides = section.map { ",\($0):has(\(question) \(checked))~*" } ?? ""
        return "\(question):has(\(checked))~*\(besides)"
    }

    private static func child(of inputs: Range<Int>, _ input: Int) -> String {
        ":nth-child(\(input - inputs.lowerBound + 1))"
    }

    /// The rules with short names of one length, in the order in which they stand there: so they
    /// are packed best.
    static func named(_ css: String) -> String {
        var names: [Substring: String] = [:]
        let parts = css.split(separator: "@", omittingEmptySubsequences: false)
        return parts.enumerated().map { place, part in
            guard place % 2 == 1 else { return String(part) }
            let known = names[part] ?? name(names.count)
            names[part] = known
            return known
        }.joined()
    }

    private static func name(_ place: Int) -> String {
        let letters = [Character]("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let letter = place / 10
        let first = letter < letters.count ? "" : String(letters[letter / letters.count - 1])
        return "\(first)\(letters[letter % letters.count])\(place % 10)"
    }
}

extension TreeAtom {
    /// Whether it is said of one ending, not of the whole tree.
    fileprivate var isOfEnding: Bool {
        switch self {
        case .entry, .first, .staff: true
        default: false
        }
    }
}
