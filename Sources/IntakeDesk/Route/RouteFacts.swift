import SealedIntake

/// The facts that a person at the desk sets.
enum RouteFacts {
    /// The fact that says the reporter agreed to a transfer; only their own yes makes it true, so
    /// that nobody here can make the tree say what the law forbids.
    private static let consent = TreeName.consent

    /// What a person may set.
    static func settable(_ tree: DecisionTree) -> [DecisionTree.DeskFact] {
        tree.deskFacts.filter { $0.name != consent.name }
    }

    /// What follows from the thread itself, where the tree asks for it.
    static func derived(_ tree: DecisionTree, isAgreed: Bool) -> [Fact] {
        let isAsked = tree.deskFacts.contains {
            $0.name == consent.name && $0.values.contains(consent.value)
        }
        return isAgreed && isAsked ? [consent] : []
    }

    /// Reads what was typed; capitals count as small letters.
    /// - Throws: ``RouteError``; each fact for its form, whether it is ours, its name, its value,
    ///   then whether it was set before.
    static func facts(_ typed: [String], of tree: DecisionTree) throws -> [Fact] {
        var facts: [Fact] = []
        for one in typed {
            guard let fact = Fact([UInt8](one.lowercased().utf8)) else {
                throw RouteError.notAFact(one)
            }
            let name = String(utf8: fact.name)
            let settable = settable(tree)
            guard fact.name != consent.name else { throw RouteError.consentNotOurs(name) }
            guard let known = settable.first(where: { $0.name == fact.name }) else {
                throw RouteError.unknownFact(name, known: settable.map { String(utf8: $0.name) })
            }
            guard known.values.isEmpty || known.values.contains(fact.value) else {
                let values = known.values.map { String(utf8: $0) }
                throw RouteError.unknownValue(String(utf8: fact.value), fact: name, known: values)
            }
            guard !facts.contains(where: { $0.name == fact.name }) else {
                throw RouteError.factTwice(name)
            }
            facts.append(fact)
        }
        return facts
    }
}
