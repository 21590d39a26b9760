import ArgumentParser
import IntakeConsole
import SealedIntake

/// A command whose refusals are one line on standard error and exit status 1.
protocol AdminCommand: ParsableCommand {
    /// Does what the command is for.
    func perform() throws
}

extension AdminCommand {
    mutating func run() throws {
        do {
            try perform()
        } catch let refusal as any Refusal {
            RefusalLines.tell(refusal, program: "intake-admin")
            throw ExitCode.failure
        }
    }
}
