import SealedIntake

/// A place that can help, with what it can and cannot do.
struct CardMarkup {
    private let tree: DecisionTree
    private let wording: TreeWording

    init(_ tree: DecisionTree, _ wording: TreeWording) {
        self.tree = tree
        self.wording = wording
    }

    /// The card of an organisation as an entry; only a full one has everything in sight.
    func html(_ index: Int, entry: Int, isFull: Bool) throws -> String {
        let organisation = tree.organisations[index]
        let id = String(decoding: organisation.id, as: UTF8.self)
        let key = "organisation.\(id)."
        return """
            <article class="e e\(entry) card" data-e="\(id)">
            <h4>\(try wording.text(key + "name"))</h4>
            <p>\(try wording.text(key + "what"))</p>
            \(try contacts(of: organisation))
            <p class="who \(anonymity(of: organisation))">\(try wording.text(key + "anonymity"))</p>
            <p class="by">\(try wording.text(key + "when"))</p>
            \(abilities(key, isFull: isFull))
            \(telling(organisation))</article>
            """
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
