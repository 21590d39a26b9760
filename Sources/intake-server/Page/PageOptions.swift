import ArgumentParser
import IntakeStore
import SealedIntake

/// What the page shows of its deployment, and where its parts lie.
struct PageOptions: ParsableArguments {
    @Option(help: "The name of the page, as people know it.")
    var siteName = "Briefje"

    @Option(help: "Where \"leave quickly\" leads: a page that betrays nothing.")
    var exitUrl = "https://nl.wikipedia.org/"

    @Option(help: "The folder of the built page; looked for beside the program otherwise.")
    var assets: String?

    @Flag(help: "Serve only the languages whose texts a second person read.")
    var reviewedOnly = false

    @Option(
        help: ArgumentHelp(
            "Seconds between two beats of the page: its requests at the same times for everybody.",
            discussion: """
                Meant for tests; others than \(Beat.seconds) seconds no visitor is helped by.
                """
        )
    )
    var beatSeconds = Beat.seconds

    func validate() throws {
        guard (1...60).contains(beatSeconds) else {
            throw ValidationError("\(beatSeconds) seconds are no beat, it must be 1 to 60")
        }
        guard exitUrl.hasPrefix("https://") || exitUrl.hasPrefix("http://") else {
            throw ValidationError("\"\(exitUrl)\" is no address, it must begin with https://")
        }
    }

    /// The parts of the page.
    func found() throws -> Assets {
        var found = try assets.map { try Assets(folder: $0) } ?? Assets.beside()
        found.reviewedOnly = reviewedOnly
        return found
    }

    /// The page in each of its languages, the default language first.
    func pages(_ folder: DataFolder, deployment: [UInt8]) throws -> [Page] {
        guard let roots = try folder.contents(of: folder.roots) else {
            throw CommandError("no roots in \"\(folder.name)\", the page must hold them")
        }
        let tree = try tree(of: folder)
        let place = PageDeployment(
            deployment: String(utf8: deployment),
            roots: String(utf8: roots),
            siteName: siteName,
            exitUrl: exitUrl,
            beatSeconds: beatSeconds,
            origin: try PageOrigin(in: folder)
        )
        return try Page.all(assets: try found(), place: place, files: tree)
    }

    /// The helpdesk's page in each of its languages, the default language first.
    func helpdesk(_ folder: DataFolder) throws -> [HelpdeskPage] {
        try HelpdeskPage.all(assets: try found(), siteName: siteName, files: try tree(of: folder))
    }

    /// The tree in force.
    func tree(of folder: DataFolder) throws -> TreeFiles {
        guard let tree = try folder.readTree() else {
            throw CommandError("no wegwijzer.tree in \"\(folder.name)\", the page must show it")
        }
        return tree
    }
}
