import SealedIntake

/// What somebody at the helpdesk reads out at the end of a walk of one kind.
///
/// The same titles, places and duties as on the reporter's page: first help and the best places
/// with numbers to dictate, and what else there is folded.
struct SpokenEndingMarkup {
    private let tree: DecisionTree
    private let ending: TreeEnding
    private let wording: TreeWording
    private let cards: SpokenCard
    private let texts: EntryMarkup

    init(
        _ tree: DecisionTree,
        _ ending: TreeEnding,
        _ wording: TreeWording,
        _ words: SpokenWords
    ) {
        self.tree = tree
        self.ending = ending
        self.wording = wording
        cards = SpokenCard(tree, wording, words)
        texts = EntryMarkup(tree, wording)
    }

    /// The section; what the law asks stands before what else there is.
    func html() throws -> Markup {
        var parts = [try texts.titles(ending), texts.notes(ending, "h")]
        if ending.kind == .danger {
            parts += [try list(.first, .number), try list(.also, .closed)]
        } else {
            parts += [try texts.inBlock(.duty, of: ending), try list(.first, .numbers)]
            parts += [try list(.place, .numbers), try texts.inBlock(.note, of: ending)]
            parts += [try list(.also, .closed), try texts.inBlock(.lead, of: ending)]
            parts += [try ladder(), folded(wording[.why], try texts.why(ending))]
        }
        let inner = parts.filter { !$0.isEmpty }.joined(separator: "\n")
        return """
            <div class="end \(ending.name)" data-end="\(ending.name)">
            \(inner)
            </div>
            """
    }

    private func list(_ block: TreeEntry.Block, _ extent: SpokenCard.Extent) throws -> Markup {
        let places = ending.entries(of: block, in: tree)
        guard !places.isEmpty else { return "" }
        let inner = try places.map { try cards.html(entry: $0, extent) }.joined(separator: "\n")
        let heading: Markup =
            ending.kind == .danger ? "" : "<h3>\(wording[title(of: block)])</h3>\n"
        return "<div class=\"b b\(block.rawValue)\">\n\(heading)\(inner)\n</div>"
    }

    private func title(of block: TreeEntry.Block) -> TreeWord {
        switch block {
        case .first: .first
        case .place: .places
        default: .also
        }
    }

    private func ladder() throws -> Markup {
        let rungs = try ending.entries(of: .rung, in: tree).map {
            try texts.rung($0) { try cards.ways(to: $0) }
        }
        guard !rungs.isEmpty else { return "" }
        let list: Markup = "<ol class=\"b b6 ladder\">\(rungs.joined(separator: "\n"))</ol>"
        return folded(wording[.ladder], list)
    }

    private func folded(_ title: Markup, _ inner: Markup) -> Markup {
        "<details class=\"fold\"><summary><h3>\(title)</h3></summary>\n\(inner)</details>"
    }
}
