import IntakeConsole
import SealedIntake

/// An outcome that the answers lead to.
public struct RouteOutcome: Equatable, Sendable {
    /// Its id in the tree.
    public let id: String
    /// What the reporter reads first, ``Printable``.
    public let title: String
    /// Why they read that, ``Printable``.
    public let why: String?
    /// Where it comes from, in short.
    public let sources: [String]

    init(_ outcome: TreeOutcome, in tree: WordedTree) {
        id = String(utf8: outcome.id)
        title = tree.words(ascii("outcome"), outcome.id, ascii("title")) ?? id
        why = tree.words(ascii("outcome"), outcome.id, ascii("why"))
        sources = outcome.sources.map { Printable.line($0) }
    }
}
