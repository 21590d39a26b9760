import ArgumentParser
import IntakeConsole
import IntakeTree
import SealedIntake

/// The folder of a tree, and the day on which it must hold.
struct TreeOptions: ParsableArguments {
    @Argument(help: "The folder with wegwijzer.yaml.")
    var folder: String

    @Option(
        help: ArgumentHelp(
            "The day on which duties and contacts must hold; today without it.",
            valueName: "date"
        )
    )
    var today: String?

    func validate() throws {
        if let today, Day(text: [UInt8](today.utf8)) == nil {
            throw ValidationError("--today \"\(today)\" is no day, it must be YYYY-MM-DD")
        }
    }

    /// The day that was given, or today.
    var day: Day { today.flatMap { Day(text: [UInt8]($0.utf8)) } ?? Clock.today }

    func compile() -> TreeCompilation { TreeFolder.compile(folder, today: day) }

    /// Tells the errors on standard error and stops when there are some.
    func sound(_ compilation: TreeCompilation) throws {
        guard compilation.hasErrors else { return }
        let errors = compilation.findings.filter { $0.weight == .error }
        Terminal.tell(errors.map { Printable.line($0.line) + "\n" }.joined())
        let count = errors.count == 1 ? "1 error" : "\(errors.count) errors"
        throw TypedTreeError("the tree \"\(folder)\" has \(count), it must have none")
    }
}

/// Why nothing is made of a tree.
struct TypedTreeError: Refusal {
    /// What was found, then what must be.
    let clause: String

    init(_ clause: String) {
        self.clause = clause
    }
}
