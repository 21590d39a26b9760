import SealedIntake

/// The ways in to an organisation: to follow, or to say aloud.
struct ContactMarkup {
    private let wording: TreeWording
    private let spoken: SpokenWords?

    init(_ wording: TreeWording, _ spoken: SpokenWords?) {
        self.wording = wording
        self.spoken = spoken
    }

    /// Whether nobody has yet tried all that a tree shows: then the page is a trial.
    static func isTrial(_ tree: DecisionTree) -> Bool {
        tree.organisations.contains { organisation in
            organisation.contacts.contains { $0.evidence == .read && !$0.isAlarm }
        }
    }

    /// Plainly, for evidence is asked before a contact is shown at all; inside the school, where
    /// to look.
    func html(of organisation: TreeOrganisation, withHours: Bool = false) throws -> String {
        let shown = organisation.contacts.filter { $0.evidence != .none }
        guard !shown.isEmpty else {
            guard organisation.channel == .school else { return "" }
            let id = String(decoding: organisation.id, as: UTF8.self)
            let way = wording.optional("organisation.\(id).way") ?? wording[.schoolGuide]
            return "<p class=\"by way\">\(way)</p>"
        }
        return "<ul class=\"ways\">\(try shown.map { try contact($0, withHours) }.joined())</ul>"
    }

    private func contact(_ contact: TreeContact, _ withHours: Bool) throws -> String {
        let value = String(decoding: contact.value, as: UTF8.self)
        var lines: [String] = []
        if withHours, let hours = contact.hours {
            lines.append(try wording.text("hours.\(String(decoding: hours, as: UTF8.self))"))
        }
        let small = lines.isEmpty ? "" : " <small>\(lines.joined(separator: " · "))</small>"
        let way = spoken.map { dictated(contact.kind, value, $0) } ?? link(contact.kind, value)
        return "<li>\(way)\(small)</li>"
    }

    private func link(_ kind: TreeContact.Kind, _ plain: String) -> String {
        let value = PageTemplate.escaped(plain)
        let shown = "<bdi dir=\"ltr\">\(value)</bdi>"
        switch kind {
        case .tel:
            let link = PageNumbers.link(to: plain)
            return "<a class=\"call\" href=\"\(link)\">\(wording[.call]) \(shown)</a>"
        case .mail:
            return "<a href=\"mailto:\(value)\" rel=\"noreferrer\">\(wording[.mail]) \(shown)</a>"
        case .web:
            return "<a href=\"https://\(value)\" rel=\"noreferrer noopener\" target=\"_blank\">"
                + "\(shown)</a>"
        }
    }

    /// Large, and as it is said; no link, for nothing leads out of the helpdesk's page.
    private func dictated(
        _ kind: TreeContact.Kind,
        _ plain: String,
        _ words: SpokenWords
    ) -> String {
        let isNumber = kind == .tel
        let shown = isNumber ? SpokenWords.groups(of: plain) : plain
        let said = isNumber ? words.number(plain) : words.address(plain)
        let size = isNumber ? (plain.count > 4 ? " tel" : " tel short") : ""
        return "<p class=\"dictate\(size)\">"
            + "<b><bdi dir=\"ltr\">\(PageTemplate.escaped(shown))</bdi></b> "
            + "<span class=\"said\">\(PageTemplate.escaped(said))</span></p>"
    }
}
