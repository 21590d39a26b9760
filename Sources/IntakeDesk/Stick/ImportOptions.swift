import SealedIntake

/// What a person gives along with a bundle.
public struct ImportOptions: Sendable {
    /// A signed directory, the first time or for a newer one.
    public var directory: [UInt8]?
    /// The index of the first leaf, when a desk that begins in the middle accepts that.
    public var acceptedStart: UInt64?
    /// The day it is.
    public var today: Day

    /// Takes the parts.
    public init(today: Day, directory: [UInt8]? = nil, acceptedStart: UInt64? = nil) {
        self.today = today
        self.directory = directory
        self.acceptedStart = acceptedStart
    }
}
