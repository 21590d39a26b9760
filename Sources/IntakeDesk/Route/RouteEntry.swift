import IntakeConsole
import SealedIntake

/// Something the tree says about a thread: a duty, a role and protocol, a rung, or a rule for the
/// desk.
public struct RouteEntry: Equatable, Sendable {
    /// In which block it stands.
    public let block: TreeEntry.Block
    /// Its id in the tree.
    public let id: String
    /// In a few words, ``Printable``.
    public let title: String
    /// The sentences behind it, ``Printable``.
    public let sentences: [String]
    /// Where it comes from, in short.
    public let sources: [String]

    /// Nil for what is a place, or said to the reporter alone.
    init?(_ entry: TreeEntry, in tree: WordedTree) {
        func words(_ block: StaticString, _ part: StaticString) -> String? {
            tree.words(ascii(block), entry.id, ascii(part))
        }
        block = entry.block
        id = String(utf8: entry.id)
        sources = entry.sources.map { Printable.line($0) }
        switch entry.block {
        case .first, .place, .also, .note: return nil
        case .duty:
            title = words("duty", "title") ?? id
            sentences = tree.sentences(ascii("duty"), entry.id, ascii("text"))
        case .lead:
            let protocolName = words("lead", "protocol").map { ", \($0)" } ?? ""
            title = (words("lead", "role") ?? id) + protocolName
            sentences = [words("lead", "text")].compactMap { $0 }
        case .rung:
            title = words("rung", "name") ?? id
            sentences = [words("rung", "text")].compactMap { $0 }
        case .desk:
            title = words("desk", "title") ?? id
            sentences = [words("desk", "text")].compactMap { $0 }
        }
    }
}
