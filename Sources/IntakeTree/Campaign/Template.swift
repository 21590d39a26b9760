/// A page with gaps: `{{name}}` is a text, `{{#name}}…{{/name}}` is repeated for a list.
///
/// A gap that nothing fills is an error: a poster with a hole is never printed.
struct Template {
    /// What fills gaps.
    typealias Scope = [String: Value]

    /// What fills one gap.
    enum Value {
        /// Words, escaped where the page is HTML or SVG.
        case text(String)
        /// A drawing of our own.
        case markup(String)
        /// One scope for each repetition.
        case list([Scope])
    }

    let source: String
    let isMarkup: Bool

    /// Fills the gaps.
    /// - Throws: ``CampaignError/missing(_:)``, ``CampaignError/openPart(_:)``.
    func filled(_ scope: Scope) throws(CampaignError) -> String {
        try fill(source[...], scope)
    }

    private func fill(_ text: Substring, _ scope: Scope) throws(CampaignError) -> String {
        var out = ""
        var rest = text
        while let (before, name, after) = Self.gap(in: rest) {
            out += before
            rest = after
            if name.hasPrefix("#") {
                let part = String(name.dropFirst())
                let end = "{{/\(part)}}"
                let halves = rest.split(
                    separator: end,
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                guard halves.count == 2 else { throw .openPart(part) }
                guard case .list(let items)? = scope[part] else { throw .missing(part) }
                for item in items {
                    out += try fill(halves[0], scope.merging(item) { $1 })
                }
                rest = halves[1]
            } else {
                out += try value(name, scope)
            }
        }
        return out + rest
    }

    private func value(_ name: String, _ scope: Scope) throws(CampaignError) -> String {
        switch scope[name] {
        case .text(let text)?: isMarkup ? Self.escaped(text) : text
        case .markup(let markup)?: markup
        case .list?, nil: throw .missing(name)
        }
    }

    /// What stands before the first gap, its name, and what comes after.
    private static func gap(in text: Substring) -> (Substring, String, Substring)? {
        let halves = text.split(separator: "{{", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let inner = halves[1].split(
            separator: "}}",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard inner.count == 2 else { return nil }
        return (halves[0], String(inner[0]), inner[1])
    }

    /// Text as HTML and SVG want it, in an attribute in double quotes too.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
        return out
    }
}
