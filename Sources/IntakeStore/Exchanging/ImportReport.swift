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
    /// Envelopes for other organisations that were not here yet; the next close logs them.
    public internal(set) var newTransfers = 0
    /// Envelopes for other organisations that were here already.
    public internal(set) var knownTransfers = 0
    /// Envelopes for other organisations whose tag is taken by other bytes: skipped.
    public internal(set) var conflictingTransfers = 0
    /// Envelopes for organisations that the directory does not list: skipped.
    public internal(set) var unlistedTransfers = 0
    /// Replies that the next close takes out of the drop.
    public internal(set) var newWithdrawals = 0
    /// Withdrawals that were here already.
    public internal(set) var knownWithdrawals = 0
    /// Withdrawals of a reply that is not here: skipped.
    public internal(set) var unknownWithdrawals = 0
    /// Pieces the desk asks for.
    public internal(set) var wanted = 0
    /// Replies and transferred envelopes that were logged but lost, and are here again.
    public internal(set) var restored = 0
    /// Of all that this desk brought, what waits for a later close than the next.
    public internal(set) var waiting = 0
    /// Rows that stay at the desk, because too much of it waits here: its next bundle brings them.
    public internal(set) var left = 0
    /// The longer log that the desk knows: no day is closed until the store has it.
    public internal(set) var ahead: UInt64?

    /// Rows that could not be applied, replies under a taken tag not counted.
    public var skippedRows: Int { conflictingTransfers + unlistedTransfers + unknownWithdrawals }

    init(organisation: OrganisationID, have: UInt64) {
        self.organisation = organisation
        self.have = have
    }
}
