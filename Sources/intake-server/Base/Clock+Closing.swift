import IntakeConsole
import SealedIntake

extension Clock {
    /// The last day that must be closed by now.
    static var lastDayToClose: Day { Closing.lastDay(at: seconds) }
}
