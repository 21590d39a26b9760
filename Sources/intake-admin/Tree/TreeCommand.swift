import ArgumentParser

/// `tree`: the decision tree as people write it.
struct TreeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tree",
        abstract: "Checks, builds, draws and walks the decision tree.",
        discussion: """
            People write the tree in a folder of YAML files; docs/tree.md says how. What is built \
            is one file with one hash, and a file of texts for each language.
            """,
        subcommands: [
            TreeCheckCommand.self, TreeBuildCommand.self, TreeDrawCommand.self,
            TreeWalkCommand.self, TreeCampaignCommand.self,
        ]
    )
}
