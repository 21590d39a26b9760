import SealedIntake

/// What a close logged although on the disk lay something else than what came, or nothing.
public struct SpoiledObject: Equatable, Sendable {
    /// The index of its leaf.
    public let index: UInt64
    /// What it is: an envelope that came in, a reply, a transfer.
    public let type: LeafType
    /// Whose leaf it is.
    public let organisation: OrganisationID?
}
