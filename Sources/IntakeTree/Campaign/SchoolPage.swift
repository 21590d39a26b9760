import SealedIntake

/// What the page for schools and the text for the school guide take from the tree.
struct SchoolPage {
    let tree: CampaignTree
    let words: CampaignWords
    let sheets: [Sheet]

    /// Everything their templates name.
    /// - Throws: ``CampaignError``.
    func scope() throws(CampaignError) -> Template.Scope {
        var scope = words.scope
        scope["leads"] = .list(try leads())
        scope["duties.personeel"] = .list(try duties(of: "personeel"))
        scope["duties.bestuur"] = .list(try duties(of: "bestuur"))
        scope["steps"] = .list(try steps())
        var downloads: [Template.Scope] = []
        for sheet in sheets {
            downloads.append([
                "name": .text(sheet.name), "title": .text(sheet.title),
                "label": .text(try words.text("download.\(sheet.name)")),
            ])
        }
        scope["downloads"] = .list(downloads)
        return scope
    }

    /// For each theme the one role and protocol the tree names for people who work at school.
    private func leads() throws(CampaignError) -> [Template.Scope] {
        var order: [String] = []
        var themes: [String: [String]] = [:]
        for theme in try tree.answers(of: CampaignTree.theme) {
            var chosen = tree.chosen("personeel", "gewoon", theme)
            chosen[CampaignTree.theme] = theme
            guard let lead = tree.entries(try tree.walk(chosen), .lead).first else { continue }
            if themes[lead.id] == nil { order.append(lead.id) }
            themes[lead.id, default: []].append(
                try tree.text("answer.\(CampaignTree.theme).\(theme)")
            )
        }
        var rows: [Template.Scope] = []
        for id in order {
            rows.append([
                "themes": .list((themes[id] ?? []).map { ["item": .text($0)] }),
                "role": .text(try tree.text("lead.\(id).role")),
                "protocol": .text(try tree.text("lead.\(id).protocol")),
                "more": .list(tree.optional("lead.\(id).text").map { [["item": .text($0)]] } ?? []),
            ])
        }
        return rows
    }

    /// The duties in force that are certain, each once and with all its conditions; in doubt
    /// the page says whom to call.
    private func duties(of role: String) throws(CampaignError) -> [Template.Scope] {
        var found: [(id: String, from: Day?)] = []
        for walk in ["plicht", "plicht-thuis", "plicht-opvang"] {
            let chosen = tree.chosen(role, walk)
            for duty in tree.entries(try tree.walk(chosen), .duty)
            where !found.contains(where: { $0.id == duty.id }) { found.append(duty) }
        }
        guard !found.isEmpty else { throw .missing("duty for \(role)") }
        var rows: [Template.Scope] = []
        for duty in found {
            rows.append([
                "title": .text(try tree.text("duty.\(duty.id).title")),
                "texts": .list(tree.list("duty.\(duty.id).text").map { ["item": .text($0)] }),
            ])
        }
        return rows
    }

    private func steps() throws(CampaignError) -> [Template.Scope] {
        var rungs: [Template.Scope] = []
        for (place, id) in try tree.ladder().enumerated() {
            rungs.append([
                "number": .text("\(place + 1)"),
                "name": .text(try tree.text("rung.\(id).name")),
                "item": .text(try tree.text("rung.\(id).text")),
            ])
        }
        return rungs
    }
}
