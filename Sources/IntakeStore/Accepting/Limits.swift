import Foundation

/// What the store takes before it says that it is full.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
public struct Limits: Sendable {
    /// What must stay free on the file system of the store, in bytes: a close needs it.
    public var leastFreeBytes: UInt64 = 1_073_741_824

    /// Submissions that may wait until their stamp is looked at.
    public var waitingStamps = 1024

    /// How many stamps are looked at in one moment.
    public var stampsAtOnce = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// Tickets that are kept as spent.
    public var tickets = 1_000_000

    /// Submissions that may wait for a commit.
    public var waiting = 1024

    /// Bytes of submissions that may wait for a commit.
    public var waitingBytes = 33_554_432

    /// Whether stamps are asked at all; without only where load is measured.
    public var asksWork = true

    /// The limits of the protocol.
    public init() {}
}
