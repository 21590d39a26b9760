/// A truth about which inputs of the page are checked.
///
/// Made by ``all(_:)``, ``some(_:)`` and ``not(_:)``, which keep it short: a browser evaluates it
/// as a selector, and everybody fetches it.
indirect enum Formula: Hashable {
    /// Holds.
    case always
    /// Does not hold.
    case never
    /// One of these inputs is checked; sorted.
    case checked([Int])
    /// All of these hold; made by ``all(_:)``.
    case conjunction(Set<Formula>)
    /// One of these holds; made by ``some(_:)``.
    case disjunction(Set<Formula>)
    /// This does not hold; made by ``not(_:)``.
    case negation(Formula)

    /// All parts hold.
    static func all(_ parts: [Formula]) -> Formula {
        var literals: Set<Formula> = []
        for part in parts { literals.formUnion(part.literals) }
        literals.remove(.always)
        let isContradiction = literals.contains { literals.contains(not($0)) }
        if literals.contains(.never) || isContradiction { return .never }
        if literals.isEmpty { return .always }
        return literals.count == 1 ? literals.first ?? .always : .conjunction(literals)
    }

    /// This does not hold.
    static func not(_ part: Formula) -> Formula {
        switch part {
        case .always: .never
        case .never: .always
        case .negation(let part): part
        default: .negation(part)
        }
    }

    /// One part holds.
    static func some(_ parts: [Formula]) -> Formula {
        var sets: [Set<Formula>] = []
        for part in parts {
            switch part {
            case .never: continue
            case .disjunction(let inner): sets += inner.map(\.literals)
            default: sets.append(part.literals)
            }
        }
        return factored(shortened(sets))
    }

    /// What all must hold for this: its parts where it is a conjunction, else itself.
    private var literals: Set<Formula> {
        switch self {
        case .always: []
        case .conjunction(let parts): parts
        default: [self]
        }
    }

    /// Joins conjunctions that differ in nothing but which input is checked, and drops those that
    /// hold only where another holds too.
    private static func shortened(_ conjunctions: [Set<Formula>]) -> [Set<Formula>] {
        var sets: [Set<Formula>] = []
        for set in conjunctions where !sets.contains(set) { sets.append(set) }
        while let (first, second, joined) = joinable(sets) {
            sets.remove(at: second)
            sets[first] = joined
        }
        return sets.enumerated().filter { place, set in
            !sets.enumerated().contains { other, wider in
                other != place && wider.isSubset(of: set) && (wider != set || other < place)
            }
        }.map(\.element)
    }

    private static func joinable(_ sets: [Set<Formula>]) -> (Int, Int, Set<Formula>)? {
        for first in sets.indices {
            for second in sets.indices where second > first {
                let difference = sets[first].symmetricDifference(sets[second])
                guard difference.count == 2, sets[first].count == sets[second].count else {
                    continue
                }
                var inputs: Set<Int> = []
                for case .checked(let some) in difference { inputs.formUnion(some) }
                guard difference.allSatisfy({ if case .checked = $0 { true } else { false } })
                else { continue }
                let common = sets[first].intersection(sets[second])
                return (first, second, common.union([.checked(inputs.sorted())]))
            }
        }
        return nil
    }

    /// Writes what is common once: for all, or else for as many as possible.
    private static func factored(_ sets: [Set<Formula>]) -> Formula {
        guard let first = sets.first else { return .never }
        if sets.contains([]) { return .always }
        if sets.count == 1 { return all([Formula](first)) }
        var count: [Formula: Int] = [:]
        for literal in sets.joined() { count[literal, default: 0] += 1 }
        let best = count.max { ($0.value, "\($1.key)") < ($1.value, "\($0.key)") }
        guard let best, best.value > 1 else {
            return .disjunction(Set(sets.map { all([Formula]($0)) }))
        }
        let having = sets.filter { $0.contains(best.key) }.map { $0.subtracting([best.key]) }
        let rest = sets.filter { !$0.contains(best.key) }
        let part = all([best.key, some(having.map { all([Formula]($0)) })])
        guard !rest.isEmpty else { return part }
        let other = factored(rest)
        if case .disjunction(let parts) = other { return .disjunction(parts.union([part])) }
        return .disjunction([part, other])
    }
}
