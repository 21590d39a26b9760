import SealedIntake

/// The ways to a place that can be followed: first those where somebody answers at once.
struct ContactMarkup {
    private let wording: TreeWording

    init(_ wording: TreeWording) {
        self.wording = wording
    }

    /// Whether nobody has yet tried all that a tree shows: then the page is a trial.
    static func isTrial(_ tree: DecisionTree) -> Bool {
        tree.organisations.contains { organisation in
            organisation.contacts.contains {
                $0.evidence == .read && !($0.kind == .tel && organisation.isAlarm)
            }
        }
    }

    /// The number and the chat, or what there is instead.
    func direct(of organisation: TreeOrganisation) -> Markup {
        Self.direct(organisation.shown).map { "<a \(link($0))>\(words($0))</a>" }.joined()
    }

    /// All other ways; inside the school, where to look.
    func others(of organisation: TreeOrganisation) -> Markup {
        if organisation.channel == .school, organisation.shown.isEmpty {
            let id = String(utf8: organisation.id)
            let way = wording.optional("organisation.\(id).way") ?? wording[.schoolGuide]
            return "<p class=\"where\">\(way)</p>\n"
        }
        let first = Self.direct(organisation.shown)
        let others = organisation.shown.filter { !first.contains($0) }
        guard !others.isEmpty else { return "" }
        let items: [Markup] = others.map { "<li><a \(link($0))>\(words($0))</a></li>" }
        return "<ul>\(items.joined())</ul>\n"
    }

    private static func direct(_ contacts: [TreeContact]) -> [TreeContact] {
        let live = [contacts.first(where: \.isChat), contacts.first { $0.kind == .tel }]
            .compactMap(\.self)
        return live.isEmpty ? [TreeContact](contacts.prefix(1)) : live
    }

    private func link(_ contact: TreeContact) -> Markup {
        let value = plain(contact)
        switch contact.kind {
        case .tel: return "href=\"\(PageNumbers.link(to: value))\""
        case .mail: return "href=\"mailto:\(value)\" rel=\"noreferrer\""
        case .web: return "href=\"https://\(value)\" rel=\"noreferrer\" target=\"_blank\""
        }
    }

    private func words(_ contact: TreeContact) -> Markup {
        let value: Markup = "<bdi>\(plain(contact))</bdi>"
        switch contact.kind {
        case .tel: return "\(wording[.call]) \(value)"
        case .mail: return "\(wording[.mail]) \(value)"
        case .web where contact.isChat: return "\(wording[.chat])<i> \(wording[.on]) \(value)</i>"
        case .web: return value
        }
    }

    private func plain(_ contact: TreeContact) -> String {
        String(utf8: contact.value)
    }
}

extension TreeOrganisation {
    /// The contacts that somebody vouches for.
    var shown: [TreeContact] { contacts.filter { $0.evidence != .none } }
}

extension TreeContact {
    /// A site has no hours; where somebody answers, it is a chat.
    fileprivate var isChat: Bool { kind == .web && hours != nil }
}
