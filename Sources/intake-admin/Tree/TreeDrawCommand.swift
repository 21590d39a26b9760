import ArgumentParser
import IntakeConsole
import IntakeTree

/// `tree draw` draws the tree for reviewers.
struct TreeDrawCommand: AdminCommand {
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

    func perform() throws {
        try PlainFile.check(out)
        let compilation = tree.compile()
        try tree.sound(compilation)
        guard let drawing = TreeDrawing(compilation, language: lang) else {
            throw TypedTreeError("the tree has no texts in \"\(lang)\", it must have them")
        }
        try OutputFile.write([UInt8](drawing.svg.utf8), to: out)
        Terminal.show("\(Printable.line(out)) written\n")
    }
}
