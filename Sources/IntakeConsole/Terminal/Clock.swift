import Foundation
import SealedIntake

/// The clock of this machine, in UTC; only commands look at it.
public enum Clock {
    /// Seconds of Unix time.
    public static var seconds: UInt64 { UInt64(max(0, time(nil))) }

    /// The day.
    public static var today: Day { Day(unixSeconds: seconds) }
}
