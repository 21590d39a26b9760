import SealedIntake

/// What the leaves of a desk brought back.
public struct RecoveryReport: Equatable, Sendable {
    /// Leaves that were missing.
    public internal(set) var leaves: UInt64 = 0
    /// Closes that were missing.
    public internal(set) var closes = 0
    /// The leaves of the log, now.
    public internal(set) var size: UInt64 = 0
    /// Waiting submissions, replies and transfers that were in the leaves.
    public internal(set) var moved = 0
    /// Waiting replies and transfers whose tag is taken by other bytes in the leaves: dropped.
    public internal(set) var dropped = 0
    /// Waiting objects that were in the leaves and are not what came.
    public internal(set) var spoiled: [SpoiledObject] = []
    /// Reports and transfers that are not here: their desks may have them.
    public internal(set) var lostEnvelopes = 0
    /// Replies that are not here: their desks can bring them again.
    public internal(set) var lostReplies = 0
    /// What was signed before and is still missing: another desk's leaves are needed.
    public internal(set) var behind: UInt64?
    /// What the bundle in the file brought.
    public internal(set) var bundle: ImportReport?
}
