import SealedIntake

/// What a copy of a store holds.
public struct CopyReport: Sendable {
    /// The deployment's host name.
    public let deployment: [UInt8]
    /// Leaves of its log.
    public let size: UInt64
    /// The newest day that was closed for good.
    public let closedThrough: Day
    /// The length of the file.
    public let bytes: UInt64
}
