import Foundation
import SealedIntake

/// What the store takes from the world: chance, how full the disk is, and how long
/// it ran.
public struct Surroundings: Sendable {
    /// Row ids that tell nothing, 63 bits.
    public var randomID: @Sendable () -> Int64 = { .random(in: 0...(.max)) }

    /// What hides one text more or less in the count of an hour (protocol 7.3).
    public var offset: @Sendable () -> Int = { .random(in: AskedWork.offsets) }

    /// The free bytes of the file system at a path; nil where it does not say.
    public var freeBytes: @Sendable (String) -> UInt64? = FreeSpace.measure

    /// Seconds by a clock that nobody sets, also while the machine sleeps.
    public var running: @Sendable () -> UInt64 = Self.sinceStart

    /// What a close does after each of its pieces, and how long that took: it leaves as much time to
    /// others, who may be other processes that only look now and then whether it is their turn.
    public var rest: @Sendable (Duration) -> Void = { worked in
        Thread.sleep(forTimeInterval: min(worked, .milliseconds(50)) / .seconds(1))
    }

    private static let start = ContinuousClock.now

    private static func sinceStart() -> UInt64 {
        UInt64(max(0, start.duration(to: .now).components.seconds))
    }

    /// The real world.
    public init() {}
}
