import SealedIntake

/// What a close or a recovery logged although on the disk lay something else than what came, or nothing.
public struct SpoiledObject: Equatable, Sendable {
    /// The index of its leaf.
    public let index: UInt64
    /// What it is: an envelope that came in, a reply, a transfer.
    public let type: LeafType
    /// Whose leaf it is.
    public let organisation: OrganisationID?

    init(_ leaf: Leaf, at index: UInt64) {
        self.index = index
        type = leaf.type
        organisation = leaf.organisation
    }
}
