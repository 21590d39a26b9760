import ArgumentParser
import IntakeDesk

/// A command whose refusals are one line on standard error and exit status 1.
protocol DeskCommand: ParsableCommand {
    /// Does what the command is for.
    func perform() throws(DeskError)
}

extension DeskCommand {
    mutating func run() throws {
        do throws(DeskError) {
            try perform()
        } catch {
            let hint = error.hint.map { "; \($0)" } ?? ""
            Terminal.tell("intake-admin: \(Printable.line(error.clause + hint))\n")
            throw ExitCode.failure
        }
    }
}
