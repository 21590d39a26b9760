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
            let line = "intake-admin: \(Printable.line(error.clause + hint))"
            // A person reads it on a screen, broken between words; a program reads one line.
            let lines =
                Terminal.showsProgress ? TextWrap.lines(line, width: Terminal.width) : [line]
            Terminal.tell(lines.map { $0 + "\n" }.joined())
            throw ExitCode.failure
        }
    }
}
