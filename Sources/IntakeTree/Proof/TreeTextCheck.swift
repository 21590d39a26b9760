/// Checks that each language says all there is to say, and nothing else.
struct TreeTextCheck {
    let blueprint: TreeBlueprint
    let entries: [TreeEntryPlan]
    let findings: TreeFindings

    func check() {
        guard let main = blueprint.texts.first else { return }
        let needed = needed()
        let file = "texts/\(main.language).yaml"
        let start = SourcePosition(file: file, line: 1, column: 1)
        let singles = needed.keys.filter { !needed[$0, default: false] }.sorted()
        for key in singles where main.lines[key] == nil {
            findings.error("the text \(key) is missing, it must be there", at: start)
        }
        for key in needed.keys.sorted() where needed[key] == true {
            if main.lines[key + ".1"] == nil {
                findings.error("the list \(key) is missing, it must be there", at: start)
            }
        }
        let allowed = Set(needed.keys).union(optional())
        for (key, word) in main.lines.sorted(by: { $0.key < $1.key }) {
            guard !allowed.contains(key), !allowed.contains(stem(key)) else { continue }
            let near = EditDistance.nearest(to: key, among: allowed)
            let hint = near.map { "did you mean \"\($0)\"?" }
            let clause = "the text \(key) belongs to nothing in the tree, it must"
            findings.error(clause, at: word.position, hint: hint)
        }
        TreeLengthCheck(blueprint: blueprint, lines: main.lines, findings: findings).check()
        for other in blueprint.texts.dropFirst() { compare(other, with: main.lines) }
    }

    /// Without the number at the end.
    private func stem(_ key: String) -> String {
        guard let dot = key.lastIndex(of: "."), Int(key[key.index(after: dot)...]) != nil else {
            return key
        }
        return String(key[..<dot])
    }

    /// What must be said; true for lists.
    private func needed() -> [String: Bool] {
        var keys: [String: Bool] = [:]
        for node in blueprint.nodes where !node.isRule {
            keys["question.\(node.id.text).text"] = false
            for answer in node.answers { keys["answer.\(node.id.text).\(answer.id.text)"] = false }
        }
        for outcome in blueprint.outcomes {
            for part in ["title", "why"] { keys["outcome.\(outcome.id.text).\(part)"] = false }
        }
        for one in blueprint.organisations where one.notInTree == nil {
            for part in ["name", "what", "when", "anonymity"] {
                keys["organisation.\(one.id.text).\(part)"] = false
            }
            for part in ["can", "cannot"] { keys["organisation.\(one.id.text).\(part)"] = true }
            for contact in one.contacts {
                if let hours = contact.hours { keys["hours.\(hours.text)"] = false }
            }
        }
        for entry in entries {
            let key = "\(entry.block).\(entry.id)"
            switch entry.block {
            case "note": keys[key] = true
            case "duty": (keys[key + ".title"], keys[key + ".text"]) = (false, true)
            case "desk": (keys[key + ".title"], keys[key + ".text"]) = (false, false)
            case "lead": (keys[key + ".role"], keys[key + ".protocol"]) = (false, false)
            case "rung": (keys[key + ".name"], keys[key + ".text"]) = (false, false)
            default: break
            }
        }
        return keys
    }

    /// What may be said.
    private func optional() -> Set<String> {
        var keys: Set<String> = []
        for node in blueprint.nodes where !node.isRule {
            keys.insert("question.\(node.id.text).hint")
        }
        for outcome in blueprint.outcomes { keys.insert("outcome.\(outcome.id.text).notes") }
        for one in blueprint.organisations { keys.insert("organisation.\(one.id.text).way") }
        for lead in blueprint.leads { keys.insert("lead.\(lead.id.text).text") }
        for one in blueprint.organisations where one.notInTree != nil {
            for part in ["name", "what", "can", "cannot", "when", "anonymity"] {
                keys.insert("organisation.\(one.id.text).\(part)")
            }
        }
        return keys
    }

    private func compare(
        _ other: (language: String, lines: [String: Word]),
        with main: [String: Word]
    ) {
        let file = "texts/\(other.language).yaml"
        let start = SourcePosition(file: file, line: 1, column: 1)
        for key in main.keys.sorted() where other.lines[key] == nil {
            findings.error("the text \(key) is missing, it must be there as in nl", at: start)
        }
        for (key, word) in other.lines.sorted(by: { $0.key < $1.key }) {
            guard let text = main[key]?.text else {
                let near = EditDistance.nearest(to: key, among: main.keys)
                let hint = near.map { "did you mean \"\($0)\"?" }
                let clause = "the text \(key) is not there in nl, it must be"
                findings.error(clause, at: word.position, hint: hint)
                continue
            }
            let (length, dutch) = (word.text.count, text.count)
            if length > 2 * dutch + 20 || 4 * length < dutch {
                let clause =
                    "the text \(key) has \(length) letters and \(dutch) in nl, "
                    + "it must have a quarter to double of them"
                findings.error(clause, at: word.position)
            }
            if placeholders(word.text) != placeholders(text) {
                let clause =
                    "the text \(key) has other {placeholders} than nl, they must be the same"
                findings.error(clause, at: word.position)
            }
        }
    }

    private func placeholders(_ text: String) -> [String] {
        text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1)
            .compactMap { $0.split(separator: "}", omittingEmptySubsequences: false).first }
            .map(String.init).sorted()
    }
}
