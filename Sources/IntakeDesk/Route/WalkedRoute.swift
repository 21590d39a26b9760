import SealedIntake

/// What a walk of the decision tree comes to, in words.
public struct WalkedRoute: Sendable {
    /// The day from which the tree holds.
    public let validFrom: Day
    /// The language of the words.
    public let language: String
    /// The question that is still to be answered, ``Printable``; nothing is shown before it is.
    public let open: String?
    /// Whether somebody is in danger: then nothing else counts.
    public let isDanger: Bool
    /// Where the answers lead.
    public let outcomes: [RouteOutcome]
    /// First help, who fits best and who may help as well, in that order.
    public let places: [RoutePlace]
    /// Duties, role and protocol, rungs, and the rules for the desk, in that order.
    public let entries: [RouteEntry]

    init(_ walk: Walk, in tree: WordedTree) {
        validFrom = tree.tree.validFrom
        language = tree.language
        open = walk.open.map { index in
            let id = tree.tree.nodes[index].id
            return tree.words(ascii("question"), id, ascii("text")) ?? String(utf8: id)
        }
        isDanger = walk.isDanger
        outcomes = walk.outcomes.map { RouteOutcome(tree.tree.outcomes[$0], in: tree) }
        let shown = walk.entries.map { tree.tree.entries[$0] }
        places = shown.compactMap { RoutePlace($0, in: tree) }
        entries = shown.compactMap { RouteEntry($0, in: tree) }
    }
}
