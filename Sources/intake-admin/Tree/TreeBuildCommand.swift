import ArgumentParser
import IntakeConsole
import IntakeTree

/// `tree build` writes the one file of the tree and the texts of each language.
struct TreeBuildCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Writes the one file of the tree and the texts, and prints the hash.",
        discussion: """
            Nothing is written when check finds an error. The texts are written first, the tree \
            that names their digests last.

              intake-admin tree build tree
            """
    )

    @OptionGroup var tree: TreeOptions

    @Option(help: ArgumentHelp("Where to write; the same folder without it.", valueName: "folder"))
    var out: String?

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let hash: String
        let files: [String]
    }

    func perform() throws {
        let compilation = tree.compile()
        try tree.sound(compilation)
        let folder = out ?? tree.folder
        let files = compilation.files.reversed().map { (name: $0.name, bytes: $0.bytes) }
        try OutputFile.write(files, into: folder)
        let names = compilation.files.map(\.name)
        output.show(
            Printed(hash: compilation.hash, files: names),
            compilation.files.map { "\($0.name)  \($0.bytes.count) bytes" }
                + ["sha256 \(compilation.hash)"]
        )
    }
}
