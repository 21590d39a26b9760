/// Checks that nobody is asked or told more at once than a child reads in one breath.
struct TreeLengthCheck {
    let blueprint: TreeBlueprint
    /// The words of the main language.
    let lines: [String: Word]
    let findings: TreeFindings

    /// Words of a question or of an outcome's title.
    static let mostWords = 12
    /// Answers of a question: each has a key of its own, 1 to 9.
    static let mostAnswers = 9
    /// Words that say what an organisation does.
    static let mostWordsOfWhat = 7

    func check() {
        for node in blueprint.nodes where !node.isRule {
            let name = "question \(node.id.text)"
            words(of: name, in: "question.\(node.id.text).text", most: Self.mostWords)
            let count = node.answers.count
            guard count > Self.mostAnswers else { continue }
            findings.error(
                "\(name) has \(count) answers, it must have at most \(Self.mostAnswers)",
                at: node.id.position
            )
        }
        for outcome in blueprint.outcomes {
            let key = "outcome.\(outcome.id.text)"
            let title = "the title of outcome \(outcome.id.text)"
            words(of: title, in: key + ".title", most: Self.mostWords)
            lines(of: key + ".notes", most: 2)
        }
        for one in blueprint.organisations {
            let key = "organisation.\(one.id.text)"
            words(of: "the text \(key).what", in: key + ".what", most: Self.mostWordsOfWhat)
            for part in ["can", "cannot"] { lines(of: "\(key).\(part)", most: 3) }
        }
    }

    private func words(of name: String, in key: String, most: Int) {
        guard let word = lines[key] else { return }
        let count = word.text.split { $0.isWhitespace || "/–—".contains($0) }.count
        guard count > most else { return }
        let clause = "\(name) has \(count) words, it must have at most \(most)"
        findings.error(clause, at: word.position)
    }

    private func lines(of key: String, most: Int) {
        guard let word = lines["\(key).\(most + 1)"] else { return }
        let clause = "the list \(key) has more than \(most) lines, it must have at most \(most)"
        findings.error(clause, at: word.position)
    }
}
