import IntakeConsole
import SealedIntake

extension Clock {
    /// The hour of UTC at which the day before is closed.
    static let closingHour: UInt64 = 2

    /// The last day that must be closed by now: the one before, from two o'clock on.
    static var lastDayToClose: Day {
        Day(unixSeconds: seconds - min(seconds, closingHour * 3600)).previous
    }
}
