import Foundation

/// What a page's scripts say in one language, the sentences `js.…` of its texts, and the worker
/// that runs its program.
///
/// The sentences of waiting, leaving, the questions and a closed page stand in the document. The
/// rest goes with the program: it is fetched beside it, and pinned as it is.
struct PageRest {
    /// How it is served.
    static let contentType = "application/json"

    private static let prefix = "js."
    /// What is said before the rest came, or where it never comes.
    private static let early = ["dicht.", "kies", "kop", "telling", "wacht.", "weg."]

    private struct File: Encodable {
        let said: [String: String]
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

    /// Takes what scripts say out of all texts of a language.
    init(texts: [String: String], worker: String, tag: String) throws {
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
        bytes = [UInt8](try PageTemplate.json(File(said: said, worker: worker)).utf8)
        file = Assets.Pinned("\(tag).json", bytes)
    }
}
