/// Something that is so on a walk or not; the style has a property for it, or for its opposite.
enum TreeAtom: Hashable {
    /// One of some answers is checked in a question that is reached: an index of the choices.
    case chosen(Int)
    /// A question or rule is reached.
    case reached(Int)
    /// A rule is reached and this case or a later one holds; counted through.
    case rest(Int)
    /// A case of a rule leads on; counted through.
    case step(Int)
    /// A fact is known.
    case fact(Int)
    /// An outcome is reached.
    case outcome(Int)
    /// No outcome is reached of which the ladder begins above this rung.
    case above(Int)
    /// Every question reached has an answer, and none of them means danger.
    case done
    /// Who answers works at a school or leads one.
    case staff
    /// An entry is shown.
    case entry(Int)
    /// No entry or outcome before this one in its list is shown; outcomes are listed first.
    case first(Int)
}

/// An atom or its opposite.
struct TreeLiteral: Hashable {
    let atom: TreeAtom
    var isNegated = false
}

/// A truth about a walk, as ands and ors of literals: what is not so is said by a literal.
///
/// Made by ``all(_:)``, ``some(_:)`` and ``either(_:)``, which keep it short.
indirect enum Formula: Hashable {
    /// This holds.
    case literal(TreeLiteral)
    /// All of these hold; without parts, always.
    case conjunction([Formula])
    /// One of these holds; without parts, never.
    case disjunction([Formula])

    static let always = Formula.conjunction([])
    static let never = Formula.disjunction([])

    static func atom(_ atom: TreeAtom) -> Formula { .literal(TreeLiteral(atom: atom)) }

    /// All parts hold.
    static func all(_ parts: [Formula]) -> Formula {
        var literals: [Formula] = []
        for part in parts.flatMap(\.conjuncts) where !literals.contains(part) {
            literals.append(part)
        }
        let known = Set(literals)
        if known.contains(.never) || literals.contains(where: { known.contains($0.opposite) }) {
            return .never
        }
        return literals.count == 1 ? literals[0] : .conjunction(literals)
    }

    /// One part holds.
    static func some(_ parts: [Formula]) -> Formula { all(parts.map(\.opposite)).opposite }

    /// One of these conjunctions holds; what is common is written once.
    static func either(_ conjunctions: [Formula]) -> Formula {
        var sets: [[Formula]] = []
        for set in conjunctions where set != .never && !sets.contains(set.conjuncts) {
            sets.append(set.conjuncts)
        }
        let shortest = sets.filter { set in
            !sets.contains { $0 != set && Set($0).isStrictSubset(of: set) }
        }
        return factored(shortest)
    }

    /// This does not hold.
    var opposite: Formula {
        switch self {
        case .literal(let one):
            .literal(TreeLiteral(atom: one.atom, isNegated: !one.isNegated))
        case .conjunction(let parts): .disjunction(parts.map(\.opposite))
        case .disjunction(let parts): .conjunction(parts.map(\.opposite))
        }
    }

    /// What all must hold for this.
    var conjuncts: [Formula] {
        if case .conjunction(let parts) = self { return parts }
        return [self]
    }

    private static func factored(_ sets: [[Formula]]) -> Formula {
        guard let first = sets.first else { return .never }
        guard sets.count > 1 else { return all(first) }
        if sets.contains([]) { return .always }
        var best: (part: Formula, count: Int) = (first.first ?? .always, 0)
        for part in sets.joined() {
            let count = sets.count { $0.contains(part) }
            if count > best.count { best = (part, count) }
        }
        guard best.count > 1 else { return some(sets.map(all)) }
        let having = sets.filter { $0.contains(best.part) }
        let rest = sets.filter { !$0.contains(best.part) }
        let part = all([best.part, factored(having.map { $0.filter { $0 != best.part } })])
        return rest.isEmpty ? part : some([part, factored(rest)])
    }
}
