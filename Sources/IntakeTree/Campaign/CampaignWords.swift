/// The campaign's own words with all gaps filled.
struct CampaignWords {
    /// What fills gaps: texts of the tree, the campaign's own, the address.
    let scope: Template.Scope
    private let words: [String: String]

    /// - Throws: ``CampaignError/missing(_:)``.
    init(_ words: [String: String], filledWith known: Template.Scope) throws(CampaignError) {
        var scope = known
        var filled: [String: String] = [:]
        var lists: [String: [(number: Int, words: String)]] = [:]
        for (key, text) in words.sorted(by: { $0.key < $1.key }) {
            let said = try Template(source: text, isMarkup: false).filled(known)
            filled[key] = said
            scope[key] = .text(said)
            guard let dot = key.lastIndex(of: "."), let number = Int(key[key.index(after: dot)...])
            else { continue }
            lists[String(key[..<dot]), default: []].append((number, said))
        }
        for (key, items) in lists {
            let sorted = items.sorted { $0.number < $1.number }
            scope[key] = .list(sorted.map { ["item": .text($0.words)] })
        }
        self.words = filled
        self.scope = scope
    }

    /// A text.
    /// - Throws: ``CampaignError/missing(_:)``.
    func text(_ key: String) throws(CampaignError) -> String {
        guard let text = words[key] else { throw .missing(key) }
        return text
    }

    /// How many maps stand in a list.
    func count(_ key: String, having field: String) -> Int {
        var count = 0
        while words["\(key).\(count + 1).\(field)"] != nil { count += 1 }
        return count
    }
}
