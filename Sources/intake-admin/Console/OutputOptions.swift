import ArgumentParser
import IntakeConsole

/// Whether a person or a program reads what a command prints.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON, for programs.")
    var json = false

    /// Prints lines for a person, or one JSON value for a program.
    func show(_ value: some Encodable, _ lines: [String]) {
        Terminal.show(json ? JSONText.encode(value) : lines.map { $0 + "\n" }.joined())
    }
}
