import Foundation

/// What a page's scripts say in one language: the sentences `js.…` of its texts.
///
/// Those of waiting, leaving, the questions and a closed page stand in the document; the rest is
/// fetched beside the program, before which none of it is said, and pinned as that is.
struct PageWords {
    /// How the other file is served.
    static let contentType = "application/json"
    private static let prefix = "js."
    /// What is said before the rest came, or where it never comes.
    private static let early = ["dicht.", "kies", "kop", "telling", "wacht.", "weg."]

    /// JSON that stands in the document.
    let inside: String
    /// The other file, as the page names it.
    let beside: Assets.Pinned
    /// Its bytes.
    let bytes: [UInt8]

    /// Whether a script says a text, and not the document.
    static func holds(_ key: String) -> Bool { key.hasPrefix(prefix) }

    /// Takes what scripts say out of all texts of a language.
    init(of texts: [String: String], tag: String) throws {
        // All keys have their beginning in common, so that it need not be sent.
        let said = texts.compactMap { key, text in
            Self.holds(key) ? (String(key.dropFirst(Self.prefix.count)), text) : nil
        }
        let parts = Dictionary(grouping: said) { key, _ in Self.early.contains { key.hasPrefix($0) }
        }
        func json(_ isEarly: Bool) throws -> String {
            try PageTemplate.json(Dictionary(uniqueKeysWithValues: parts[isEarly] ?? []))
        }
        inside = try json(true)
        bytes = [UInt8](try json(false).utf8)
        beside = Assets.Pinned("\(tag).json", bytes)
    }
}
