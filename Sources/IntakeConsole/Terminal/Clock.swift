import Foundation
import SealedIntake

/// The clock of this machine, in UTC; only commands look at it.
public enum Clock {
    /// Seconds of Unix time.
    public static var seconds: UInt64 { UInt64(max(0, time(nil))) }

    /// 2026-01-01: no clock that is right says an earlier day, this program is younger.
    public static let earliest = Day(number: 20_454)

    /// The day.
    public static var today: Day { Day(unixSeconds: seconds) }
}
