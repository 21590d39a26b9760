import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `route` says where a thread belongs by the decision tree.
struct RouteCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "route",
        abstract: "Says where a thread belongs: route, duties, deadlines, what the law forbids.",
        discussion: """
            It starts from the answers of the reporter and adds the facts that only you know. It \
            writes nothing down and sends nothing: it is advice, for you to judge.

              intake-admin route --vault desk.vault 1a2b3c4d
              intake-admin route --vault desk.vault 1a2b3c4d --set redelijk_vermoeden=ja

            At the end it says which facts may still be set.
            """
    )

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The thread's id, or its first digits.")
    var thread: String

    @Option(
        help: ArgumentHelp("A fact that you know; give it once for each.", valueName: "fact=value")
    )
    var set: [String] = []

    @Option(help: "The language of the tree's words; its own where it is left out.")
    var language: String?

    @OptionGroup var output: OutputOptions

    func perform() throws {
        let route = try vault.open(.reading)
            .route(thread, setting: set, language: language, today: Clock.today)
        let page = RoutePage(
            route: route,
            today: Clock.today,
            width: Terminal.width,
            colours: Terminal.hasColours
        )
        output.show(PrintedRoute(route), page.lines)
    }
}
