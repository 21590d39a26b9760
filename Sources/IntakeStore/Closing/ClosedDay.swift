import SealedIntake

/// What one close wrote.
public struct ClosedDay: Equatable, Sendable {
    /// The day.
    public let day: Day
    /// The leaves of the log up to and with it.
    public internal(set) var size: UInt64 = 0
    /// Envelopes that came in; fillers are not told apart.
    public internal(set) var submissions = 0
    /// Replies that went into the drop.
    public internal(set) var replies = 0
    /// Pieces that belong to this close.
    public internal(set) var pieces = 0
    /// Organisations whose acknowledgement moved.
    public internal(set) var acknowledgements = 0
    /// Envelopes nobody picked up, logged for their escalation organisation too.
    public internal(set) var overdue = 0
    /// Envelopes transferred to another organisation; fillers are not told apart.
    public internal(set) var transferred = 0
    /// Replies taken out of the drop because their desk asked for it.
    public internal(set) var withdrawn = 0

    /// Envelopes and replies that are not what came, and travel nowhere.
    public internal(set) var spoiled: [SpoiledObject] = []

    /// What desks brought that waits for a later close, where there is any.
    public internal(set) var waiting: [OrganisationID: Int] = [:]

    init(day: Day) {
        self.day = day
    }
}
