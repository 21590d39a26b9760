import ArgumentParser

/// `root`: the keys under which the directory is believed.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "root",
        abstract: "Makes root keys, and signs and verifies the directory.",
        discussion: """
            Root keys lie offline with several people, and a threshold of them must sign the \
            directory. The pinned roots file is "threshold N" and then a vkey a line.
            """,
        subcommands: [RootNewCommand.self, RootSignCommand.self, RootVerifyCommand.self]
    )
}
