import Foundation

/// What goes with a page's program: the worker that runs it, what scripts say in one language (the
/// sentences `js.…` of its texts), and the screens behind it.
///
/// The sentences of waiting, leaving, the questions and a closed page stand in the document. The
/// rest goes with the program: it is fetched beside it, and pinned as it is. So do the words of the
/// screens that nobody can reach without the program, where a mark stands in the document in their
/// place, what these look like, and the script that runs them.
struct PageRest {
    /// How it is served.
    static let contentType = "application/json"

    private static let prefix = "js."
    /// What is said before the rest came, or where it never comes.
    ///
    /// Whatever else closes a page is found by the program.
    private static let early = [
        "dicht.browser", "dicht.filter", "dicht.nieuw", "dicht.site", "kies", "kop", "telling",
        "wacht.", "weg.",
    ]
    /// The screens behind the program.
    private static let behind = [
        "code.", "doorgeven.", "klok.", "nee.", "overdragen.", "terug.", "verstuurd.",
    ]
    /// What stands in the document for a text of theirs.
    static let mark = "|"

    private struct File: Encodable {
        let said: [String: String]
        let screens: [String]
        let script: String
        let style: String
        let worker: String
    }

    /// The sentences that stand in the document, as JSON.
    let inside: String
    /// The file, as the page names it.
    let file: Assets.Pinned
    /// Its bytes.
    let bytes: [UInt8]

    /// Whether a script says a text, and not the document.
    static func holds(_ key: String) -> Bool { key.hasPrefix(prefix) }

    /// Whether a text of the document comes with the program.
    static func isBehind(_ key: String) -> Bool { behind.contains(where: key.hasPrefix) }

    /// Takes what scripts say out of all texts of a language, and what the template has behind the
    /// program, in its order.
    init(
        texts: [String: String],
        template: PageTemplate,
        behind: (style: String, script: String),
        worker: String,
        tag: String
    ) throws {
        var inside: [String: String] = [:]
        var said: [String: String] = [:]
        for (name, text) in texts where Self.holds(name) {
            // All have their beginning in common: it need not be sent.
            let key = String(name.dropFirst(Self.prefix.count))
            if Self.early.contains(where: key.hasPrefix) {
                inside[key] = text
            } else {
                said[key] = text
            }
        }
        self.inside = try PageTemplate.json(inside)
        let screens = template.slots.filter(Self.isBehind).compactMap { texts[$0] }
        let file = File(
            said: said,
            screens: screens,
            script: behind.script,
            style: behind.style,
            worker: worker
        )
        bytes = [UInt8](try PageTemplate.json(file).utf8)
        self.file = Assets.Pinned("\(tag).json", bytes)
    }
}
