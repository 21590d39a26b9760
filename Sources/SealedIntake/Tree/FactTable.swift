/// The facts of a tree, each once, so that everything else can name them by index.
struct FactTable {
    private(set) var list: [Fact] = []

    /// The index of a fact, which is added when it is new.
    mutating func add(_ fact: Fact) -> Int {
        if let known = list.firstIndex(of: fact) { return known }
        list.append(fact)
        return list.count - 1
    }

    /// The index of a fact that was added before.
    func index(of fact: Fact) -> Int {
        list.firstIndex(of: fact) ?? -1
    }
}
