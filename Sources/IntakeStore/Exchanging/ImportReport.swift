import SealedIntake

/// What an out-bundle brought.
public struct ImportReport: Equatable, Sendable {
    /// Whose desk wrote it.
    public let organisation: OrganisationID
    /// How many leaves that desk holds.
    public let have: UInt64
    /// The size it has cosigned, now.
    public internal(set) var acknowledged: UInt64 = 0
    /// Replies that were not here yet; the next close logs them.
    public internal(set) var newReplies = 0
    /// Replies that were here already.
    public internal(set) var knownReplies = 0
    /// Replies whose tag is taken by other bytes: skipped.
    public internal(set) var conflictingReplies = 0
    /// Rows of kinds that this version does not act on: transfers, pieces asked for,
    /// withdrawals.
    public internal(set) var skippedRows = 0
}
