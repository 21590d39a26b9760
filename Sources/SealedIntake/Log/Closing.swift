/// When a past day is closed.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.3.
public enum Closing {
    /// The hour of UTC from which on the day before is closed.
    public static let hour: UInt64 = 2

    /// The last day that must be closed at a moment of Unix time.
    public static func lastDay(at seconds: UInt64) -> Day {
        Day(unixSeconds: seconds - min(seconds, hour * UnixTime.hour)).previous
    }
}
