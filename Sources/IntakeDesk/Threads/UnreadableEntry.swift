import SealedIntake

/// An envelope of ours that could not be opened or admitted.
public struct UnreadableEntry: Equatable, Sendable {
    /// Its index in the log.
    public let leaf: UInt64
    /// The day whose close logged it.
    public let day: Day
    /// Why.
    public let reason: UnreadableReason
}
