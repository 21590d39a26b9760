/// What an in-bundle holds.
public struct ExportReport: Equatable, Sendable {
    /// The first leaf.
    public let from: UInt64
    /// One behind the last leaf: the size of a checkpoint.
    public let to: UInt64
    /// Leaves that did not fit into the file; 0 where it ends at the newest checkpoint.
    public let left: UInt64
    /// Objects that travel: envelopes of the organisation, directories, pieces.
    public let objects: Int
    /// Objects of the organisation, and directories, that do not travel although the log has them.
    public let missing: Int
    /// The leaves among them whose envelope or directory lies here and is not the one that was
    /// logged.
    public let damaged: [UInt64]
    /// The size of the file in bytes.
    public let bytes: UInt64
}
