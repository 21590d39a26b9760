import SealedIntake

/// A place that can help, with what it can and cannot do.
struct CardMarkup {
    private let tree: DecisionTree
    private let wording: TreeWording

    init(_ tree: DecisionTree, _ wording: TreeWording) {
        self.tree = tree
        self.wording = wording
    }

    /// How much of a card is in sight.
    enum Extent {
        /// All.
        case full
        /// All but what it can and cannot do, which opens.
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
        let body = """
            \(try contacts(of: organisation))
            <p class="who \(anonymity(of: organisation))">\(try wording.text(key + "anonymity"))</p>
            <p class="by">\(try wording.text(key + "when"))</p>
            \(abilities(key, isFull: extent != .short))
            \(telling(organisation))
            """
        guard extent == .closed else {
            return "<article \(head)>\n<h4>\(name)</h4>\n<p>\(what)</p>\n\(body)</article>"
        }
        return "<details \(head)>\n<summary><h4>\(name)</h4>\n<span>\(what)</span></summary>\n"
            + "\(body)</details>"
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

    private func anonymity(of organisation: TreeOrganisation) -> String {
        switch organisation.anonymity {
        case .yes: "unnamed"
        case .advice: "advice"
        case .no: "named"
        case .unknown: "unsure"
        }
    }

    private func telling(_ organisation: TreeOrganisation) -> String {
        guard case .sealed(let id) = organisation.channel else { return "" }
        let place = String(decoding: id.ascii, as: UTF8.self)
        return """
            <p class="buttons script"><button type="button" class="button" data-tell="\(place)">\
            \(wording[.tell])</button></p>
            <p class="hint closed">\(wording[.closed])</p>
            <p class="hint no-script">\(wording[.needsScript])</p>

            """
    }

    /// The ways in; none that nobody vouches for, and each not yet tried says so.
    private func contacts(of organisation: TreeOrganisation) throws -> String {
        let shown = organisation.contacts.filter { $0.evidence != .none }
        guard !shown.isEmpty else {
            return organisation.channel == .open
                ? "<p class=\"hint\">\(wording[.noContact])</p>" : ""
        }
        return "<ul class=\"ways\">\(try shown.map(contact).joined())</ul>"
    }

    private func contact(_ contact: TreeContact) throws -> String {
        let value = PageTemplate.escaped(String(decoding: contact.value, as: UTF8.self))
        let digits = value.filter { $0.isASCII && $0.isNumber }
        let link: String
        switch contact.kind {
        case .tel:
            link = "<a class=\"call\" href=\"tel:\(digits)\">\(wording[.call]) "
                + "<bdi dir=\"ltr\">\(value)</bdi></a>"
        case .mail:
            link = "<a href=\"mailto:\(value)\" rel=\"noreferrer\">\(wording[.mail]) "
                + "<bdi dir=\"ltr\">\(value)</bdi></a>"
        case .web:
            link = "<a href=\"https://\(value)\" rel=\"noreferrer noopener\" target=\"_blank\">"
                + "<bdi dir=\"ltr\">\(value)</bdi></a>"
        }
        var lines: [String] = []
        if let hours = contact.hours {
            lines.append(try wording.text("hours.\(String(decoding: hours, as: UTF8.self))"))
        }
        if contact.evidence == .read {
            lines.append(wording[contact.kind == .web ? .notVisited : .notCalled])
        }
        let small = lines.isEmpty ? "" : " <small>\(lines.joined(separator: " · "))</small>"
        return "<li>\(link)\(small)</li>"
    }
}
