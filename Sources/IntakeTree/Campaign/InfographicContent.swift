import SealedIntake

/// What the infographic shows, all of it from the tree.
struct InfographicContent {
    /// An answer that means danger, and where to turn at once.
    struct Danger {
        let answer: String
        let place: CampaignPlace
    }

    /// Themes for which the tree names the same places.
    struct Group {
        var themes: [String]
        let places: [CampaignPlace]
    }

    let dangerQuestion: String
    let dangers: [Danger]
    let themeQuestion: String
    let groups: [Group]
    /// The places of the groups that have a way in outside the school, each once.
    let contacts: [CampaignPlace]
    /// The names of the rungs from the first after danger.
    let rungs: [String]

    /// - Throws: ``CampaignError``.
    init(_ tree: CampaignTree) throws(CampaignError) {
        dangerQuestion = try tree.text("question.\(CampaignTree.danger).text")
        themeQuestion = try tree.text("question.\(CampaignTree.theme).text")
        dangers = try Self.dangers(tree)
        groups = try Self.groups(tree)
        let told = Set(dangers.map(\.place.id))
        var contacts: [CampaignPlace] = []
        for place in groups.flatMap(\.places)
        where place.contact != nil || place.isSealed {
            if told.contains(place.id) || contacts.contains(place) { continue }
            contacts.append(place)
        }
        self.contacts = contacts
        var rungs: [String] = []
        for id in try tree.ladder() { rungs.append(try tree.text("rung.\(id).name")) }
        self.rungs = rungs
    }

    /// For each answer that means danger the first place that no answer before it named; an
    /// answer whose places were all named is in good hands there.
    private static func dangers(_ tree: CampaignTree) throws(CampaignError) -> [Danger] {
        var found: [Danger] = []
        for answer in try tree.answers(of: CampaignTree.danger) {
            let walk = try tree.walk([CampaignTree.danger: answer])
            guard walk.isDanger else { continue }
            let places = try tree.places(walk, [.first])
            let reached = places.filter { $0.contact != nil }
            if reached.isEmpty { throw .missing("contact for \(answer)") }
            let told = found.map(\.place.id)
            guard let place = reached.first(where: { !told.contains($0.id) }) else { continue }
            let words = try tree.text("answer.\(CampaignTree.danger).\(answer)")
            found.append(Danger(answer: words, place: place))
        }
        return found
    }

    private static func groups(_ tree: CampaignTree) throws(CampaignError) -> [Group] {
        var groups: [Group] = []
        let skipped = try tree.skippedThemes()
        for theme in try tree.answers(of: CampaignTree.theme) where !skipped.contains(theme) {
            var chosen = tree.chosen("leerling", "gewoon", theme)
            chosen[CampaignTree.theme] = theme
            let places = try tree.places(try tree.walk(chosen), [.first, .place])
            let words = try tree.text("answer.\(CampaignTree.theme).\(theme)")
            if let index = groups.firstIndex(where: { $0.places == places }) {
                groups[index].themes.append(words)
            } else {
                groups.append(Group(themes: [words], places: places))
            }
        }
        return groups
    }
}
