import SealedIntake

/// What an audit found where it found no lie.
public struct AuditReport: Sendable {
    /// How one organisation picks up what is sent to it.
    public struct Pickup: Sendable {
        /// The organisation.
        public let organisation: OrganisationID
        /// The day of its newest cosignature, or nil where there is none.
        public let lastPickedUp: Day?
        /// How many days envelopes lay, those picked up: the middle one; nil where none was.
        public let medianDays: UInt32?
        /// The longest of them.
        public let longestDays: UInt32?
        /// Envelopes that wait now, fillers counted.
        public let waiting: Int
        /// Envelopes that became overdue, fillers counted.
        public let overdue: Int
    }

    /// The deployment.
    public let deployment: [UInt8]
    /// The months held, in order.
    public let months: [Month]
    /// The index of the first leaf held, and one behind the last.
    public let leaves: Range<UInt64>
    /// How many closes.
    public let closes: Int
    /// How many signed checkpoints were held to the leaves.
    public let checkpoints: Int
    /// The day closed last, or nil.
    public let through: Day?
    /// Each organisation, in the order of the directory, then those it lists no more.
    public let pickups: [Pickup]
    /// What could not be looked at, or should be known.
    public let notes: [AuditNote]
}
