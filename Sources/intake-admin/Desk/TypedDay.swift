import ArgumentParser
import IntakeConsole
import SealedIntake

/// A day that a person reads off a calendar, for work that the clock alone is not believed for.
struct TypedDay: ParsableArguments {
    @Option(
        help: ArgumentHelp("Today, where the log is ahead of the clock.", valueName: "YYYY-MM-DD")
    )
    var today: String?

    func validate() throws {
        guard let today else { return }
        guard let day = Day(text: [UInt8](today.utf8)) else {
            throw ValidationError("\"\(today)\" is no day, it must be YYYY-MM-DD")
        }
        guard day == Clock.today else {
            throw ValidationError(
                "this machine's clock says \(Clock.today.description), it must be set right first"
            )
        }
    }

    /// Whether one was typed; it is that of the clock then.
    var isTyped: Bool { today != nil }
}
