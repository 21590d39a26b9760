import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `show` prints everything in a thread.
struct ShowCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows everything in a thread.",
        discussion: """
            Texts are shown as written; what a terminal would obey or hide is shown as <U+202E>. \
            Attachments are named, never opened.
            """
    )

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The thread's id, or its first digits.")
    var thread: String

    @OptionGroup var output: OutputOptions

    func perform() throws {
        let desk = try vault.open(.reading)
        let view = try desk.thread(thread)
        let page = ThreadPage(view: view, width: Terminal.width, colours: Terminal.hasColours)
        let damage = DamageLine.lines(cells: desk.damagedCells)
        output.show(PrintedThreadView(view), page.lines + damage)
    }
}
