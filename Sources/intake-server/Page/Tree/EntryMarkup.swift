import SealedIntake

/// What an ending says in words: where the answers led, what to know, what the law asks.
struct EntryMarkup {
    private let tree: DecisionTree
    private let wording: TreeWording

    init(_ tree: DecisionTree, _ wording: TreeWording) {
        self.tree = tree
        self.wording = wording
    }

    /// Where the answers led, a heading each.
    func titles(_ ending: TreeEnding) throws -> Markup {
        try ending.outcomes.map { outcome -> Markup in
            let title = try wording.text("outcome.\(id(outcome.index)).title")
            return "<h2 class=\"o o\(outcome.index)\">\(title)</h2>"
        }.joined(separator: "\n")
    }

    /// What goes with each outcome, in one part of a page.
    func notes(_ ending: TreeEnding, _ part: String) -> Markup {
        let lists = ending.outcomes.compactMap { outcome -> Markup? in
            let notes = wording.list("outcome.\(id(outcome.index)).notes")
            guard !notes.isEmpty else { return nil }
            let lines = notes.map { note -> Markup in "<p>\(note)</p>" }.joined()
            return "<div class=\"o o\(outcome.index)\">\(lines)</div>"
        }
        return lists.isEmpty ? "" : "<div class=\"\(part)\">\(lists.joined(separator: "\n"))</div>"
    }

    /// Why each outcome is shown.
    func why(_ ending: TreeEnding) throws -> Markup {
        let lines = try ending.outcomes.map { outcome -> Markup in
            let why = try wording.text("outcome.\(id(outcome.index)).why")
            return "<p class=\"o o\(outcome.index)\">\(why)</p>"
        }
        return "<div>\(lines.joined(separator: "\n"))</div>"
    }

    /// All entries of a block that are words, under its title.
    func inBlock(_ block: TreeEntry.Block, of ending: TreeEnding) throws -> Markup {
        let entries = ending.entries(of: block, in: tree)
        guard !entries.isEmpty else { return "" }
        let (title, one): (TreeWord, (Int) throws -> Markup) =
            switch block {
            case .duty: (.duties, duty)
            case .lead: (.leads, lead)
            default: (.notes, note)
            }
        let inner = try entries.map(one).joined(separator: "\n")
        return "<div class=\"b b\(block.rawValue)\"><h3>\(wording[title])</h3>\n\(inner)</div>"
    }

    /// What to know.
    func note(_ index: Int) -> Markup {
        "<div \(head(index))>\(lines("note.\(id(of: index))"))</div>"
    }

    /// What the law asks, whole: a condition that is left out makes it another duty.
    func duty(_ index: Int) throws -> Markup {
        let id = id(of: index)
        let title = try wording.text("duty.\(id).title")
        let text = lines("duty.\(id).text") + days(tree.entries[index])
        return "<div \(head(index))><h3>\(title)</h3>\(text)</div>"
    }

    /// Who takes the lead at the school, and by which protocol.
    func lead(_ index: Int) throws -> Markup {
        let id = id(of: index)
        let protocolName = try wording.text("lead.\(id).protocol")
        let role = try wording.text("lead.\(id).role")
        let more: Markup = wording.optional("lead.\(id).text").map { "<p>\($0)</p>" } ?? ""
        return """
            <div \(head(index))><p><b>\(role)</b></p>\
            <p>\(wording[.protocol]): \(protocolName)</p>\(more)</div>
            """
    }

    /// A rung of the ladder; one that is a place opens to the ways there.
    func rung(_ index: Int, ways: (Int) throws -> Markup) throws -> Markup {
        let id = id(of: index)
        let name = try wording.text("rung.\(id).name")
        let words: Markup = "<b>\(name)</b> \(try wording.text("rung.\(id).text"))"
        let inside = try organisation(ofRung: id).map(ways) ?? ""
        guard !inside.isEmpty else { return "<li \(head(index))>\(words)</li>" }
        return "<li \(head(index))><details><summary>\(words)</summary>\(inside)</details></li>"
    }

    /// A rung is named like its place, or like that and a word behind `--`.
    private func organisation(ofRung id: String) -> Int? {
        let name = id.firstRange(of: "--").map { String(id[..<$0.lowerBound]) } ?? id
        return tree.organisations.firstIndex { $0.id == [UInt8](name.utf8) }
    }

    private func id(_ outcome: Int) -> String {
        String(utf8: tree.outcomes[outcome].id)
    }

    private func id(of entry: Int) -> String {
        String(utf8: tree.entries[entry].id)
    }

    private func head(_ index: Int) -> Markup {
        "class=\"e e\(index)\""
    }

    private func lines(_ key: String) -> Markup {
        wording.list(key).map { "<p>\($0)</p>" }.joined()
    }

    /// The days of a duty, where it does not hold for the whole time of the tree.
    private func days(_ entry: TreeEntry) -> Markup {
        var lines: Markup = ""
        if let from = entry.from, tree.validFrom < from {
            lines += "<p class=\"hint\">\(wording[.from]) \(wording.day(from))</p>"
        }
        if let until = entry.until {
            lines += "<p class=\"hint\">\(wording[.until]) \(wording.day(until))</p>"
        }
        return lines
    }
}
