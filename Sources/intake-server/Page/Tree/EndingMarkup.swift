import SealedIntake

/// What is shown at the end of a walk of one kind.
struct EndingMarkup {
    private let tree: DecisionTree
    private let ending: TreeEnding
    private let wording: TreeWording
    private let cards: CardMarkup
    private let isSpoken: Bool

    init(
        _ tree: DecisionTree,
        _ ending: TreeEnding,
        _ wording: TreeWording,
        for audience: TreeAudience = .reporter
    ) {
        self.tree = tree
        self.ending = ending
        self.wording = wording
        cards = CardMarkup(tree, wording, for: audience)
        isSpoken = audience.spoken != nil
    }

    /// The section; first help stands first, what the law asks before anything can be typed.
    func html() throws -> String {
        var parts = [try titles(), try block(.first), try notes()]
        if ending.kind == .danger {
            parts += [try block(.also), isSpoken ? "" : goingOn]
        } else {
            parts += [try block(.duty), isSpoken ? "" : try telling(), try block(.place)]
            parts += [try block(.note), try block(.lead), try block(.also), try why()]
            parts += [try block(.rung)]
        }
        return """
            <div class="end \(ending.name)" data-end="\(ending.name)">
            \(parts.filter { !$0.isEmpty }.joined(separator: "\n"))
            </div>
            """
    }

    private var goingOn: String {
        "<p class=\"buttons script\"><button type=\"button\" class=\"button quiet\" "
            + "data-go-on>\(wording[.goOn])</button></p>"
    }

    private func id(_ outcome: Int) -> String {
        String(decoding: tree.outcomes[outcome].id, as: UTF8.self)
    }

    private func titles() throws -> String {
        try ending.outcomes.map { outcome in
            let title = try wording.text("outcome.\(id(outcome.index)).title")
            return "<h2 class=\"o o\(outcome.index)\" data-o=\"\(id(outcome.index))\" "
                + "tabindex=\"-1\">\(title)</h2>"
        }.joined(separator: "\n")
    }

    private func notes() throws -> String {
        ending.outcomes.map { outcome in
            let notes = wording.list("outcome.\(id(outcome.index)).notes")
            return "<ul class=\"o o\(outcome.index) plain\">"
                + notes.map { "<li>\($0)</li>" }.joined() + "</ul>"
        }.joined(separator: "\n")
    }

    private func why() throws -> String {
        let lines = try ending.outcomes.map { outcome in
            let why = try wording.text("outcome.\(id(outcome.index)).why")
            return "<p class=\"o o\(outcome.index)\">\(why)</p>"
        }
        return "<h3>\(wording[.why])</h3>\n" + lines.joined(separator: "\n")
    }

    private func block(_ block: TreeEntry.Block) throws -> String {
        let entries = ending.entries(of: block, in: tree)
        guard !entries.isEmpty else { return "" }
        let inner = try entries.map { try entry($0, in: block) }.joined(separator: "\n")
        let heading = heading(of: block).map { "<h3>\($0)</h3>\n" } ?? ""
        let how = "<p>\(wording[.ladderHow])</p>\n"
        let list = block == .rung ? "\(how)<ol class=\"ladder\">\n\(inner)\n</ol>" : inner
        return "<div class=\"b b\(block.rawValue)\">\n\(heading)\(list)\n</div>"
    }

    /// Telling it to the places of first help.
    private func telling() throws -> String {
        try ending.entries(of: .first, in: tree).compactMap { index in
            try tree.entries[index].organisation.map { try cards.telling($0, entry: index) }
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func heading(of block: TreeEntry.Block) -> String? {
        switch block {
        case .first: ending.kind == .danger ? nil : wording[.first]
        case .place: wording[.places]
        case .also: wording[.also]
        case .note: wording[.notes]
        case .duty: wording[.duties]
        case .lead: wording[.leads]
        case .rung: wording[.ladder]
        case .desk: nil
        }
    }

    private func entry(_ index: Int, in block: TreeEntry.Block) throws -> String {
        let entry = tree.entries[index]
        let id = String(decoding: entry.id, as: UTF8.self)
        if let organisation = entry.organisation {
            return try cards.html(organisation, entry: index, extent(in: block))
        }
        let head = "class=\"e e\(index)\" data-e=\"\(id)\""
        switch block {
        case .note:
            let lines = wording.list("note.\(id)").map { "<p>\($0)</p>" }
            return "<div \(head)>\(lines.joined())</div>"
        case .duty:
            let lines = wording.list("duty.\(id).text").map { "<p>\($0)</p>" }
            let title = try wording.text("duty.\(id).title")
            return "<div \(head)><h4>\(title)</h4>\(lines.joined())\(days(entry))</div>"
        case .lead:
            let protocolName = try wording.text("lead.\(id).protocol")
            let more = wording.optional("lead.\(id).text").map { "<p>\($0)</p>" } ?? ""
            return "<div \(head)><p><b>\(try wording.text("lead.\(id).role"))</b></p>"
                + "<p>\(wording[.protocol]): \(protocolName)</p>\(more)</div>"
        default:
            return "<li \(head)><b>\(try wording.text("rung.\(id).name"))</b> "
                + "\(try wording.text("rung.\(id).text"))</li>"
        }
    }

    private func extent(in block: TreeEntry.Block) -> CardMarkup.Extent {
        switch block {
        case .first where ending.kind == .danger: .number
        case .first: isSpoken ? .full : .short
        case .place: .full
        default: isSpoken ? .full : .closed
        }
    }

    /// The days of a duty, where it does not hold for the whole time of the tree.
    private func days(_ entry: TreeEntry) -> String {
        var lines = ""
        if let from = entry.from, tree.validFrom < from {
            lines += "<p class=\"hint\">\(wording[.from]) \(text(from))</p>"
        }
        if let until = entry.until {
            lines += "<p class=\"hint\">\(wording[.until]) \(text(until))</p>"
        }
        return lines
    }

    private func text(_ day: Day) -> String { String(decoding: day.text, as: UTF8.self) }
}
