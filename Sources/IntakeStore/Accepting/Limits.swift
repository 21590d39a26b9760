/// What the store takes before it says that it is full.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
public struct Limits: Sendable {
    /// Submissions of both classes a day and organisation.
    public var daily = 4000

    /// How far pieces may fill the day; what is above is the reserve of text.
    public var dailyWithPieces = 3000

    /// Submissions that may wait for a commit.
    public var waiting = 1024

    /// Bytes of submissions that may wait for a commit.
    public var waitingBytes = 33_554_432

    /// Whether stamps are asked at all; without only where load is measured.
    public var asksWork = true

    /// The limits of the protocol.
    public init() {}
}
