/// Something that is wrong, or may be, in the files of a tree.
public struct TreeFinding: Equatable, Sendable {
    /// Whether the tree can be built all the same.
    public enum Weight: String, Sendable {
        /// Nothing is built.
        case error
        /// People must look at it; the tree can be built.
        case warning
    }

    /// Whether the tree can be built all the same.
    public let weight: Weight
    /// Where it stands.
    public let position: SourcePosition
    /// What was found, then what must be.
    public let clause: String
    /// What was meant, perhaps.
    public let hint: String?

    /// The finding on one line, as a compiler says it.
    public var line: String {
        "\(position.file):\(position.line):\(position.column): \(weight.rawValue): \(clause)"
            + (hint.map { "; \($0)" } ?? "")
    }
}
