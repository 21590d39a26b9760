import SealedIntake

/// An envelope of this desk's organisation with the leaf that names it.
struct OwnObject {
    /// The index of the leaf.
    let index: UInt64
    let leaf: Leaf
    /// The day whose close logged it.
    let day: Day
    /// The sealed bytes.
    let envelope: [UInt8]
}
