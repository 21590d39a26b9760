import SealedIntake

/// A place that can help, with what it can and cannot do.
struct CardMarkup {
    private let tree: DecisionTree
    private let wording: TreeWording
    private let spoken: SpokenWords?
    private let ways: ContactMarkup

    init(_ tree: DecisionTree, _ wording: TreeWording, for audience: TreeAudience) {
        self.tree = tree
        self.wording = wording
        spoken = audience.spoken
        ways = ContactMarkup(wording, spoken)
    }

    /// How much of a card is in sight.
    enum Extent {
        /// The name and the ways in: nothing else stands between a person and the number.
        case number
        /// All.
        case full
        /// All but what it can and cannot do, which opens, and telling it.
        case short
        /// The name and what it is; the rest opens.
        case closed
    }

    /// The card of an organisation as an entry.
    func html(_ index: Int, entry: Int, _ extent: Extent) throws -> String {
        let organisation = tree.organisations[index]
        let id = String(decoding: organisation.id, as: UTF8.self)
        let key = "organisation.\(id)."
        let name = try wording.text(key + "name")
        let what = try wording.text(key + "what")
        let head = "class=\"e e\(entry) card\" data-e=\"\(id)\""
        let who = "<p class=\"who\">\(try wording.text(key + "anonymity"))</p>"
        if extent == .number {
            let contacts = try ways.html(of: organisation, withHours: true)
            return "<article \(head)>\n<h3>\(name)</h3>\n\(contacts)\n\(who)</article>"
        }
        let body = """
            \(try ways.html(of: organisation))
            \(who)
            <p class="by">\(try wording.text(key + "when"))</p>
            \(abilities(key, isFull: extent != .short))
            \(extent == .short ? "" : telling(organisation))
            """
        guard extent == .closed else {
            return "<article \(head)>\n<h4>\(name)</h4>\n<p>\(what)</p>\n\(body)</article>"
        }
        return "<details \(head)>\n<summary><h4>\(name)</h4>\n<span>\(what)</span></summary>\n"
            + "\(body)</details>"
    }

    /// Telling it to a place whose own card stands above what the law asks: nothing can be typed
    /// before that was in sight.
    func telling(_ index: Int, entry: Int) throws -> String {
        let organisation = tree.organisations[index]
        let id = String(decoding: organisation.id, as: UTF8.self)
        let button = telling(organisation)
        guard !button.isEmpty else { return "" }
        let name = try wording.text("organisation.\(id).name")
        return "<div class=\"e e\(entry) card\" data-with=\"\(id)\">\n<p><b>\(name)</b></p>\n"
            + "\(button)</div>"
    }

    private func abilities(_ key: String, isFull: Bool) -> String {
        let lists = """
            <ul class="can" aria-label="\(wording[.can])">\(items(key + "can"))</ul>
            <ul class="cannot" aria-label="\(wording[.cannot])">\(items(key + "cannot"))</ul>
            """
        guard !isFull else { return lists }
        return "<details><summary>\(wording[.more])</summary>\(lists)</details>"
    }

    private func items(_ key: String) -> String {
        wording.list(key).map { "<li>\($0)</li>" }.joined()
    }

    private func telling(_ organisation: TreeOrganisation) -> String {
        guard case .sealed(let id) = organisation.channel else { return "" }
        if let spoken { return "<p class=\"hint\">\(wording.escaped(spoken.readsHere))</p>" }
        let place = String(decoding: id.ascii, as: UTF8.self)
        return """
            <p class="buttons script"><button type="button" class="button" data-tell="\(place)">\
            \(wording[.tell])</button></p>
            <p class="hint closed">\(wording[.closed])</p>
            <p class="hint no-script">\(wording[.needsScript])</p>

            """
    }
}
