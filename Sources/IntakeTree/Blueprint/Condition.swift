/// When something counts: any of these lists of terms, all of a list.
struct Condition {
    /// Lists of terms; the empty list always holds.
    var alternatives: [[Term]]
    let position: SourcePosition

    static func always(_ position: SourcePosition) -> Condition {
        Condition(alternatives: [[]], position: position)
    }

    /// Both hold; what contradicts itself or is said by a shorter list falls away.
    static func both(_ first: [[Term]], _ second: [[Term]]) -> [[Term]] {
        simplified(first.flatMap { one in second.map { one + $0 } })
    }

    /// None of the lists holds.
    static func none(of alternatives: [[Term]]) -> [[Term]] {
        alternatives.reduce([[]]) { both($0, $1.map { [$0.opposite] }) }
    }

    static func simplified(_ lists: [[Term]]) -> [[Term]] {
        var kept: [[Term]] = []
        for list in lists {
            var terms: [Term] = []
            for term in list where !terms.contains(term) { terms.append(term) }
            let seen = Set(terms)
            guard !terms.contains(where: { seen.contains($0.opposite) }),
                !kept.contains(where: { seen.isSuperset(of: $0) })
            else { continue }
            kept.removeAll { Set($0).isSuperset(of: terms) }
            kept.append(terms)
        }
        return kept
    }
}
