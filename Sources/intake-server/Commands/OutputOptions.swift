import ArgumentParser
import Foundation
import IntakeConsole

/// How a command says what it did.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON, for programs.")
    var json = false

    /// Prints `lines` for people, or `value` for programs.
    func say(_ lines: [String], _ value: some Encodable) throws {
        try say(json ? JSONText.line(value) : lines.map { $0 + "\n" }.joined())
    }

    /// What was done is not told as failed: the status is one of its own (`EX_IOERR`).
    private func say(_ text: String) throws {
        let code = GivenOutput.put(text, to: STDOUT_FILENO)
        guard code != 0 else { return }
        warn("done, but what it says cannot be written: \(String(cString: strerror(code)))")
        throw ExitCode(GivenOutput.notShown)
    }
}
