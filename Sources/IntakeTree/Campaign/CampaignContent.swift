import SealedIntake

/// What the campaign says, from the tree and nothing else: who helps, how, and in which order.
struct CampaignContent {
    private let tree: DecisionTree
    private let treeTexts: TreeTexts
    private let texts: CampaignTexts

    /// - Throws: ``CampaignError/language(_:)``, ``CampaignError/otherTexts``.
    init(
        tree: DecisionTree,
        treeTexts: TreeTexts,
        texts: CampaignTexts
    ) throws(CampaignError) {
        guard let digest = tree.textsDigest(treeTexts.language) else {
            throw .language(Self.string(treeTexts.language))
        }
        guard digest == treeTexts.digest else { throw .otherTexts }
        self.tree = tree
        self.treeTexts = treeTexts
        self.texts = texts
    }

    /// Everything a template may name.
    /// - Throws: ``CampaignError/missing(_:)`` for a text or contact that is not there.
    func scope(adding own: Template.Scope) throws(CampaignError) -> Template.Scope {
        var scope = own
        scope["language"] = .text(Self.string(treeTexts.language))
        for organisation in tree.organisations {
            let id = Self.string(organisation.id)
            for (name, value) in place(organisation) { scope["\(id).\(name)"] = value }
        }
        scope["roles"] = .list(try answers(of: "rol"))
        scope["themes"] = .list(try answers(of: "thema"))
        scope["ladder"] = .list(try ladder())
        try addOwnTexts(to: &scope)
        for list in ["first", "more", "support"] {
            scope[list] = .list(try places(named: list))
        }
        return scope
    }

    /// The own texts, and a list for each run of `NAME.1`, `NAME.2`, ….
    private func addOwnTexts(to scope: inout Template.Scope) throws(CampaignError) {
        let known = scope
        var lists: [String: [Template.Scope]] = [:]
        for line in texts.lines {
            let words = try Template(source: line.text, isMarkup: false).filled(known)
            scope[line.key] = .text(words)
            let parts = line.key.split(separator: ".")
            guard parts.count > 1, let last = parts.last, Int(last) != nil else { continue }
            let name = parts.dropLast().joined(separator: ".")
            lists[name, default: []].append(["number": .text(String(last)), "item": .text(words)])
        }
        for (name, items) in lists { scope[name] = .list(items) }
    }

    /// The places of a list that have a contact that may be printed.
    private func places(named list: String) throws(CampaignError) -> [Template.Scope] {
        var found: [Template.Scope] = []
        for id in try texts.text(list).split(separator: " ") {
            guard let one = tree.organisations.first(where: { Self.string($0.id) == id }) else {
                throw .missing(String(id))
            }
            let place = place(one)
            if place["contact"] != nil { found.append(place) }
        }
        return found
    }

    private func place(_ organisation: TreeOrganisation) -> Template.Scope {
        let key = "organisation.\(Self.string(organisation.id))"
        var place: Template.Scope = [:]
        for name in ["name", "what", "when", "anonymity"] {
            if let words = text("\(key).\(name)") { place[name] = .text(words) }
        }
        for name in ["can", "cannot"] {
            let items = treeTexts.list(Array("\(key).\(name)".utf8)).map(Self.string)
            place[name] = .list(items.map { ["item": .text($0)] })
        }
        // Nobody looked it up: it is not printed, as it is not shown on the page.
        let printable = organisation.contacts.filter { $0.evidence != .none }
        for contact in printable {
            let name = Self.name(of: contact.kind)
            if place[name] == nil { place[name] = .text(Self.string(contact.value)) }
        }
        if let first = printable.first {
            place["contact"] = .text(Self.string(first.value))
            let all = printable.map { Self.string($0.value) }
            place["contacts"] = .text(all.joined(separator: ", "))
        }
        return place
    }

    private func answers(of question: String) throws(CampaignError) -> [Template.Scope] {
        let answers = tree.nodes.first { Self.string($0.id) == question }?.answers.map(\.id) ?? []
        guard !answers.isEmpty else { throw .missing("question.\(question)") }
        var found: [Template.Scope] = []
        for id in answers.map(Self.string) where id != "onbekend" {
            let key = "answer.\(question).\(id)"
            guard let words = text(key) else { throw .missing(key) }
            found.append(["item": .text(words)])
        }
        return found
    }

    private func ladder() throws(CampaignError) -> [Template.Scope] {
        var found: [Template.Scope] = []
        for rung in 0...8 {
            guard let name = text("rung.l\(rung).name"), let words = text("rung.l\(rung).text")
            else { throw .missing("rung.l\(rung)") }
            found.append([
                "number": .text(String(rung)), "name": .text(name), "item": .text(words),
            ])
        }
        return found
    }

    private func text(_ key: String) -> String? {
        treeTexts[Array(key.utf8)].map(Self.string)
    }

    private static func name(of kind: TreeContact.Kind) -> String {
        switch kind {
        case .tel: "tel"
        case .web: "web"
        case .mail: "mail"
        }
    }

    private static func string(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
