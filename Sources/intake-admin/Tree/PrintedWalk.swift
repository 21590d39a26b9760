import SealedIntake

/// A walk as a program reads it.
struct PrintedWalk: Encodable {
    let questions: [String]
    let open: String?
    let outcomes: [String]
    let isDanger: Bool
    let shown: [String: [String]]

    private static let blocks: [(TreeEntry.Block, String)] = [
        (.first, "first"), (.place, "place"), (.also, "also"), (.note, "note"), (.duty, "duty"),
        (.lead, "lead"), (.rung, "rung"), (.desk, "desk"),
    ]

    enum CodingKeys: String, CodingKey {
        case questions, open, outcomes
        case isDanger = "danger"
        case shown
    }

    init(_ walk: Walk, in tree: DecisionTree) {
        questions = walk.questions.map { String(utf8: tree.nodes[$0].id) }
        open = walk.open.map { String(utf8: tree.nodes[$0].id) }
        outcomes = walk.outcomes.map { String(utf8: tree.outcomes[$0].id) }
        isDanger = walk.isDanger
        var shown: [String: [String]] = [:]
        for (block, name) in Self.blocks {
            let ids = walk.entries.filter { tree.entries[$0].block == block }
                .map { String(utf8: tree.entries[$0].id) }
            if !ids.isEmpty { shown[name] = ids }
        }
        self.shown = shown
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(questions, forKey: .questions)
        // Said even where there is none: a reader need not guess.
        try container.encode(open, forKey: .open)
        try container.encode(outcomes, forKey: .outcomes)
        try container.encode(isDanger, forKey: .isDanger)
        try container.encode(shown, forKey: .shown)
    }

    /// The walk for a person, a line each.
    var lines: [String] {
        let words = { (ids: [String]) in ids.isEmpty ? "-" : ids.joined(separator: " ") }
        return [
            "asked    \(words(questions))",
            "open     \(open ?? "-")",
            "outcomes \(words(outcomes))\(isDanger ? " (danger)" : "")",
        ]
            + Self.blocks.compactMap { _, name in
                shown[name].map { name.padded(to: 8) + " " + words($0) }
            }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
