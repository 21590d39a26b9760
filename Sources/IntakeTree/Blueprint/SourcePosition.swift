/// Where in which file something stands, as an editor counts: line and column from 1.
public struct SourcePosition: Equatable, Hashable, Sendable {
    /// The file, from the folder of the tree.
    public let file: String
    /// The line.
    public let line: Int
    /// The column.
    public let column: Int
}
