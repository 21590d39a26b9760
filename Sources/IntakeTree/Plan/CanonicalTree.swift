import SealedIntake

/// Writes the one file of a tree, and the texts of a language, in their one form.
enum CanonicalTree {
    static func bytes(
        _ blueprint: TreeBlueprint,
        entries: [TreeEntryPlan],
        texts: [(language: String, bytes: [UInt8])]
    ) -> [UInt8] {
        var lines = ["sealedintake/v1/tree", "from \(blueprint.validFrom?.text ?? "")"]
        for (language, bytes) in texts {
            lines.append(
                "texts \(language) \(String(utf8: Digest(of: bytes).hex))"
            )
        }
        lines += blueprint.nodes.flatMap(node)
        for outcome in blueprint.outcomes {
            lines.append("outcome \(outcome.id.text) \(outcome.kind) \(outcome.rung)")
            lines += sources(outcome.sources)
        }
        lines += blueprint.organisations.flatMap(organisation)
        lines += entries.flatMap(show)
        for (name, values) in blueprint.deskFacts {
            lines.append((["fact", name.text] + values.map(\.text)).joined(separator: " "))
        }
        return joined(lines)
    }

    static func texts(language: String, _ lines: [String: Word]) -> [UInt8] {
        let isRightToLeft = ["ar", "fa", "he", "ur"].contains(language.prefix(2))
        let sorted = lines.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        let head = "sealedintake/v1/texts \(language) \(isRightToLeft ? "rtl" : "ltr")"
        return joined([head] + sorted.map { "\($0.key) \($0.value.text)" })
    }

    private static func joined(_ lines: [String]) -> [UInt8] {
        lines.flatMap { [UInt8]($0.utf8) + [0x0A] }
    }

    private static func sources(_ list: [String]) -> [String] { list.map { "source \($0)" } }

    private static func node(_ node: TreeBlueprint.Node) -> [String] {
        var lines: [String] = []
        if node.isRule {
            lines.append("rule \(node.id.text)")
            for one in node.cases {
                for terms in one.condition.alternatives {
                    let words = ["case", one.target.text] + terms.map(\.text)
                    lines.append(words.joined(separator: " "))
                }
            }
        } else {
            lines.append("question \(node.id.text) \(node.isMany ? "many" : "one")")
            for answer in node.answers {
                let facts = answer.facts.map { " " + $0.term.name }.joined()
                lines.append("answer \(answer.id.text) to \(answer.target?.text ?? "")\(facts)")
            }
        }
        return lines + sources(node.sources)
    }

    private static func organisation(_ one: TreeBlueprint.Organisation) -> [String] {
        let words = ["organisation", one.id.text, one.channel, one.anonymous]
        let directory = one.directory.map { [$0.text] } ?? []
        let contacts = one.contacts.map { contact in
            let evidence = contact.checkedOn?.text ?? contact.evidence
            let hours = contact.hours?.text ?? "-"
            return "contact \(contact.kind) \(evidence) \(hours) \(contact.value.text)"
        }
        return [(words + directory).joined(separator: " ")] + contacts + sources(one.sources)
    }

    private static func show(_ entry: TreeEntryPlan) -> [String] {
        let from = entry.from.map { " from \($0)" } ?? ""
        let until = entry.until.map { " until \($0)" } ?? ""
        let whens = entry.whens.map { terms in
            (["when"] + terms.map(\.text)).joined(separator: " ")
        }
        return ["show \(entry.block) \(entry.id)\(from)\(until)"] + whens + sources(entry.sources)
    }
}
