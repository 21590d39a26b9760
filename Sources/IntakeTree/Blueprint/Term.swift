/// A fact that must hold, or must not: `k=v` or `!k=v`.
struct Term: Hashable {
    let fact: String
    let value: String
    var isNegated = false

    var name: String { fact + "=" + value }
    var text: String { (isNegated ? "!" : "") + name }
    var opposite: Term { Term(fact: fact, value: value, isNegated: !isNegated) }
}
