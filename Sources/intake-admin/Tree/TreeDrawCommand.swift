import ArgumentParser
import IntakeDesk
import IntakeTree

/// `tree draw` draws the tree for reviewers.
struct TreeDrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw",
        abstract: "Draws all questions, answers and outcomes as one SVG.",
        discussion: """
            A sound tree only: nothing is drawn when check finds an error.

              intake-admin tree draw tree --out tree.svg
            """
    )

    @OptionGroup var tree: TreeOptions

    @Option(help: ArgumentHelp("Where to write.", valueName: "file"))
    var out: String

    @Option(help: ArgumentHelp("The language of the texts.", valueName: "lang"))
    var lang = "nl"

    func run() throws {
        let compilation = tree.compile()
        try tree.sound(compilation)
        guard let drawing = TreeDrawing(compilation, language: lang) else {
            let clause = "the tree has no texts in \"\(lang)\", it must have them"
            Terminal.tell(Printable.line("intake-admin: \(clause)") + "\n")
            throw ExitCode.failure
        }
        do throws(DeskError) {
            try OutputFile.write([UInt8](drawing.svg.utf8), to: out)
        } catch {
            Terminal.tell(Printable.line("intake-admin: \(error.clause)") + "\n")
            throw ExitCode.failure
        }
        Terminal.show("\(Printable.line(out)) written\n")
    }
}
