import SealedIntake

/// What one close wrote.
public struct ClosedDay: Equatable, Sendable {
    /// The day.
    public let day: Day
    /// The leaves of the log up to and with it.
    public let size: UInt64
    /// Envelopes that came in; fillers are not told apart.
    public internal(set) var submissions = 0
    /// Replies that went into the drop.
    public internal(set) var replies = 0
    /// Pieces that belong to this close.
    public internal(set) var pieces = 0
    /// Organisations whose acknowledgement moved.
    public internal(set) var acknowledgements = 0
}
