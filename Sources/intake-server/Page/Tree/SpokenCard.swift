import SealedIntake

/// A place that can help, to be read out: large, as it is said, and with no link, for nothing
/// leads out of the helpdesk's page.
struct SpokenCard {
    private let tree: DecisionTree
    private let wording: TreeWording
    private let words: SpokenWords

    init(_ tree: DecisionTree, _ wording: TreeWording, _ words: SpokenWords) {
        self.tree = tree
        self.wording = wording
        self.words = words
    }

    /// How much of a card is in sight.
    enum Extent {
        /// The number and when it is answered: nothing else stands between a person and it.
        case number
        /// What it is and its numbers; the rest opens.
        case numbers
        /// The name and what it is; the rest opens.
        case closed
    }

    /// The card of an entry.
    func html(entry: Int, _ extent: Extent) throws -> Markup {
        guard let index = tree.entries[entry].organisation else { return "" }
        let id = String(utf8: tree.organisations[index].id)
        let key = "organisation.\(id)."
        let name: Markup = "<h3>\(try wording.text(key + "name"))</h3>"
        let anonymity = try wording.text(key + "anonymity")
        let what: Markup =
            "<small>\(try wording.text(key + "what")) <i>\(anonymity)</i></small>"
        let head: Markup = "class=\"e e\(entry) card\""
        let numbers = try ways(to: index, withHours: extent == .number)
        let rest = try rest(key)
        switch extent {
        case .number: return "<article \(head)>\(name)\n\(numbers)</article>"
        case .closed:
            return """
                <details \(head)><summary>\(name) \(what)</summary>
                \(numbers)\(rest)</details>
                """
        case .numbers:
            return """
                <article \(head)><details><summary>\(name) \(what)</summary>
                \(rest)</details>\(numbers)</article>
                """
        }
    }

    /// The numbers and addresses of a place, and whether it can be told there.
    func ways(to index: Int) throws -> Markup { try ways(to: index, withHours: false) }

    private func ways(to index: Int, withHours: Bool) throws -> Markup {
        let organisation = tree.organisations[index]
        let items = try organisation.shown.map { contact -> Markup in
            guard withHours, let hours = contact.hours else {
                return "<li>\(dictated(contact))</li>"
            }
            let text = try wording.text("hours.\(String(utf8: hours))")
            return "<li>\(dictated(contact)) <small>\(text)</small></li>"
        }
        let list: Markup = items.isEmpty ? "" : "<ul class=\"ways\">\(items.joined())</ul>"
        guard case .sealed = organisation.channel, !withHours else { return list }
        return "\(list)<p class=\"hint\">\(wording.escaped(words.readsHere))</p>"
    }

    private func rest(_ key: String) throws -> Markup {
        """
        <p>\(try wording.text(key + "when"))</p>
        <ul class="can" aria-label="\(wording[.can])">\(items(key + "can"))</ul>
        <ul class="cannot" aria-label="\(wording[.cannot])">\(items(key + "cannot"))</ul>
        """
    }

    private func items(_ key: String) -> Markup {
        wording.list(key).map { "<li>\($0)</li>" }.joined()
    }

    private func dictated(_ contact: TreeContact) -> Markup {
        let plain = String(utf8: contact.value)
        let isNumber = contact.kind == .tel
        let shown = isNumber ? SpokenWords.groups(of: plain) : plain
        let said = isNumber ? words.number(plain) : words.address(plain)
        let size = isNumber ? (plain.count > 4 ? " tel" : " tel short") : ""
        return """
            <p class="dictate\(size)"><b><bdi>\(shown)</bdi></b> \
            <span class="said">\(said)</span></p>
            """
    }
}
