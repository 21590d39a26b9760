import SealedIntake

/// What the campaign takes from the tree: walks of it, and texts; it writes nothing twice.
struct CampaignTree {
    /// The question about danger.
    static let danger = string(TreeName.danger)
    /// The question what it is about.
    static let theme = string(TreeName.theme)
    private static let notSaid = string(TreeName.notSaid)
    /// The walks that the campaign's words must have: without one, all would be "not said".
    private static let walks = [
        "leerling", "personeel", "bestuur", "gewoon", "ladder", "plicht", "plicht-thuis",
        "plicht-opvang",
    ]

    private let tree: DecisionTree
    private let texts: TreeTexts
    private let words: [String: String]
    private let day: Day

    /// - Throws: ``CampaignError/tree``, ``CampaignError/missing(_:)``,
    ///   ``CampaignError/answers(_:)``.
    init(
        _ built: [TreeCompilation.BuiltFile],
        words: [String: String],
        day: Day
    ) throws(CampaignError) {
        guard let file = built.first(where: { $0.name == "wegwijzer.tree" }),
            let said = built.first(where: { $0.name == "wegwijzer.nl.texts" }),
            let tree = try? DecisionTree(bytes: file.bytes),
            let texts = try? TreeTexts(bytes: said.bytes)
        else { throw .tree }
        self.tree = tree
        self.texts = texts
        self.words = words
        self.day = max(day, tree.validFrom)
        try checkWalks()
    }

    /// A text of the tree.
    /// - Throws: ``CampaignError/missing(_:)``.
    func text(_ key: String) throws(CampaignError) -> String {
        guard let text = optional(key) else { throw .missing(key) }
        return text
    }

    /// A text of the tree, where there is one.
    func optional(_ key: String) -> String? {
        texts[[UInt8](key.utf8)].map { String(utf8: $0) }
    }

    /// The texts `KEY.1`, `KEY.2` and on.
    func list(_ key: String) -> [String] {
        texts.list([UInt8](key.utf8)).map { String(utf8: $0) }
    }

    /// All texts and first contacts, for gaps in the campaign's words: `contact.ID`.
    func scope() throws(CampaignError) -> Template.Scope {
        var scope: Template.Scope = [:]
        for line in texts.lines {
            let key = String(utf8: line.key)
            scope[key] = .text(String(utf8: line.text))
        }
        for organisation in tree.organisations
        where optional("organisation.\(Self.string(organisation.id)).name") != nil {
            let place = try place(organisation)
            if let contact = place.contact { scope["contact.\(place.id)"] = .text(contact) }
        }
        return scope
    }

    /// The answers of a question, in the tree's order.
    func answers(of question: String) throws(CampaignError) -> [String] {
        guard let node = tree.nodes.first(where: { Self.string($0.id) == question }) else {
            throw .missing("question.\(question)")
        }
        return node.answers.map { Self.string($0.id) }
    }

    /// Walks to the end: what is not chosen is not said.
    /// - Throws: ``CampaignError/answers(_:)``.
    func walk(_ chosen: [String: String]) throws(CampaignError) -> Walk {
        var lines = ""
        while true {
            guard let answers = Answer.list([UInt8](lines.utf8)),
                let walk = try? tree.walk(answers, on: day)
            else { throw .answers(lines.replacing("\n", with: " ")) }
            guard let open = walk.open else { return walk }
            let question = Self.string(tree.nodes[open].id)
            lines += "\(question)=\(chosen[question] ?? Self.notSaid)\n"
        }
    }

    /// What the campaign's words say is answered: `walk.NAME`, as `question=answer` words.
    func chosen(_ names: String...) -> [String: String] {
        var chosen: [String: String] = [:]
        for name in names {
            for word in (words["walk.\(name)"] ?? "").split(separator: " ") {
                let sides = word.split(separator: "=", maxSplits: 1).map(String.init)
                if sides.count == 2 { chosen[sides[0]] = sides[1] }
            }
        }
        return chosen
    }

    /// The themes that no sheet for pupils shows, from the words `no-theme`.
    /// - Throws: ``CampaignError/answers(_:)`` for one the tree does not ask.
    func skippedThemes() throws(CampaignError) -> [String] {
        let skipped = (words["no-theme"] ?? "").split(separator: " ").map(String.init)
        let themes = try answers(of: Self.theme)
        for theme in skipped where !themes.contains(theme) {
            throw .answers("\(Self.theme)=\(theme)")
        }
        return skipped
    }

    /// The organisations a walk shows in some blocks, in the order shown.
    func places(_ walk: Walk, _ blocks: [TreeEntry.Block]) throws(CampaignError) -> [CampaignPlace]
    {
        var found: [CampaignPlace] = []
        for index in walk.entries where blocks.contains(tree.entries[index].block) {
            guard let number = tree.entries[index].organisation else { continue }
            found.append(try place(tree.organisations[number]))
        }
        return found
    }

    /// The texts a walk shows in a block: their ids and since when they hold.
    func entries(_ walk: Walk, _ block: TreeEntry.Block) -> [(id: String, from: Day?)] {
        walk.entries.map { tree.entries[$0] }.filter { $0.block == block }
            .map { (Self.string($0.id), $0.from) }
    }

    /// The ids of the rungs that a pupil climbs, from the first.
    func ladder() throws(CampaignError) -> [String] {
        let chosen = chosen("leerling", "ladder")
        return entries(try walk(chosen), .rung).map(\.id)
    }

    /// A place by its id.
    /// - Throws: ``CampaignError/missing(_:)``.
    func place(_ id: String) throws(CampaignError) -> CampaignPlace {
        guard let found = tree.organisations.first(where: { Self.string($0.id) == id }) else {
            throw .missing("organisation.\(id)")
        }
        return try place(found)
    }

    private func place(_ organisation: TreeOrganisation) throws(CampaignError) -> CampaignPlace {
        let id = Self.string(organisation.id)
        // Nobody looked it up: it is not printed, as it is not shown on the page.
        let contact = organisation.contacts.first { $0.evidence != .none }
        var isChecked = contact == nil
        if case .checked? = contact?.evidence { isChecked = true }
        if contact?.kind == .tel, organisation.isAlarm { isChecked = true }
        var isSealed = false
        if case .sealed = organisation.channel { isSealed = true }
        return CampaignPlace(
            id: id,
            name: try text("organisation.\(id).name"),
            contact: contact.map { Self.string($0.value) },
            hours: contact?.hours.flatMap { optional("hours.\(Self.string($0))") },
            anonymity: optional("organisation.\(id).anonymity") ?? "",
            isChecked: isChecked,
            isSealed: isSealed
        )
    }

    /// A slip in a name or an answer would silently be "not said".
    private func checkWalks() throws(CampaignError) {
        for name in Self.walks where words["walk.\(name)"] == nil {
            throw .missing("walk.\(name)")
        }
        for (key, text) in words.sorted(by: { $0.key < $1.key }) where key.hasPrefix("walk.") {
            let words = text.split(separator: " ")
            for word in words {
                let sides = word.split(separator: "=", maxSplits: 1).map(String.init)
                guard sides.count == 2,
                    (try? answers(of: sides[0]))?.contains(sides[1]) == true
                else { throw .answers("\(word)") }
            }
        }
    }

    private static func string(_ bytes: [UInt8]) -> String {
        String(utf8: bytes)
    }
}
