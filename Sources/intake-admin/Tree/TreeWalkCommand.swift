import ArgumentParser
import IntakeConsole
import IntakeTree
import SealedIntake

/// `tree walk` says what answers come to, as the engine of page and desk does.
struct TreeWalkCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract: "Says what answers come to: what is asked, and what is shown in the end.",
        discussion: """
            Answers stand in any order. What is not answered yet is open; what is shown is there \
            once nothing is.

              intake-admin tree walk tree/wegwijzer.tree gevaar=nee rol=leerling

            With --lines every line of standard input is a walk, its answers apart by spaces, and \
            gets one line of JSON, {"refused": …} where it is none. Exit status 1 when one is none.
            """
    )

    @Argument(help: "A wegwijzer.tree that tree build wrote.")
    var file: String

    @Argument(help: ArgumentHelp("What is answered.", valueName: "question=answer"))
    var answers: [String] = []

    @Option(
        help: ArgumentHelp("What a desk would add; once for each.", valueName: "fact=value")
    )
    var set: [String] = []

    @Flag(help: "Read walks from standard input, one a line.")
    var lines = false

    @Option(
        help: ArgumentHelp("The day whose duties hold; today without it.", valueName: "date")
    )
    var today: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let today, Day(text: [UInt8](today.utf8)) == nil {
            throw ValidationError("--today \"\(today)\" is no day, it must be YYYY-MM-DD")
        }
        guard !lines || answers.isEmpty else {
            throw ValidationError("--lines reads answers from standard input, give none here")
        }
    }

    private struct Refused: Encodable {
        let refused: String
    }

    func perform() throws {
        guard try walk() else { throw ExitCode.failure }
    }

    private func walk() throws -> Bool {
        let day = today.flatMap { Day(text: [UInt8]($0.utf8)) } ?? Clock.today
        let typed = try TypedWalk(path: file)
        guard !lines else { return walkLines(typed, on: day) }
        let walk = try typed.walk(answers, setting: set, on: day)
        let printed = PrintedWalk(walk, in: typed.tree)
        output.show(printed, printed.lines)
        return true
    }

    /// Whether all lines were walks.
    private func walkLines(_ typed: TypedWalk, on day: Day) -> Bool {
        var isSound = true
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            do throws(TypedWalkError) {
                let walk = try typed.walk(words, setting: set, on: day)
                Terminal.show(JSONText.line(PrintedWalk(walk, in: typed.tree)))
            } catch {
                isSound = false
                Terminal.show(JSONText.line(Refused(refused: error.clause)))
            }
        }
        return isSound
    }
}
