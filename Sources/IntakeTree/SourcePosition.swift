import Yams

/// Where in which file something stands, as an editor counts: line and column from 1.
public struct SourcePosition: Equatable, Hashable, Sendable {
    public let file: String
    public let line: Int
    public let column: Int
}
