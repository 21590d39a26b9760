/// Where a walk can end.
public struct TreeOutcome: Hashable, Sendable {
    /// The id, `[a-z0-9-]`.
    public let id: [UInt8]
    /// What it asks of the page.
    public let kind: Kind
    /// The rung of the ladder where it begins, 0 to 8.
    public let rung: UInt8
    /// Where it comes from.
    public let sources: [[UInt8]]

    /// What an outcome asks of the page.
    public enum Kind: Hashable, Sendable {
        /// A number at once; no further question, no form.
        case danger
        /// Help, and places that can do more.
        case help
        /// Nothing is needed.
        case settled
    }
}
