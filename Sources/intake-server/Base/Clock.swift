import Foundation
import SealedIntake

/// The clock of this machine, in UTC; only commands look at it.
enum Clock {
    /// Seconds of Unix time.
    static var seconds: UInt64 {
        UInt64(max(0, time(nil)))
    }

    /// The day.
    static var today: Day { Day(unixSeconds: seconds) }

    /// The hour of UTC at which the day before is closed.
    static let closingHour: UInt64 = 2

    /// The last day that must be closed by now: the one before, from two o'clock on.
    static var lastDayToClose: Day {
        Day(unixSeconds: seconds - min(seconds, closingHour * 3600)).previous
    }
}
