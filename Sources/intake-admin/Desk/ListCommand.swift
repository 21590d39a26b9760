import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `list` shows threads, the most urgent first.
struct ListCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists threads, the most urgent first, 50 on a page.",
        discussion: """
            States: new (nobody answered), follow-up (the reporter wrote again), received, \
            answered, closed. The deadline is 7 days after the newest message nobody answered. \
            With --json all threads are printed, unless --page names some.
            """
    )

    @OptionGroup var vault: VaultOptions
    @OptionGroup var options: ListOptions

    @Flag(help: "List what could not be read instead, with the reason.")
    var unreadable = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !unreadable || options.isEmpty else {
            throw ValidationError("--unreadable must stand alone: its list has no pages")
        }
    }

    func perform() throws {
        if unreadable { return try listUnreadable() }
        let request = options.request(forProgram: output.json)
        let (overview, damagedCells) = try read(request)
        let page = ListPage(
            overview: overview,
            request: request,
            damagedCells: damagedCells,
            width: Terminal.width,
            colours: Terminal.hasColours
        )
        output.show(overview.listing.threads.map(PrintedThread.init), page.lines)
    }

    /// Reads all, then lets go of the vault before anything is printed.
    private func read(_ request: ListRequest) throws -> (DeskOverview, damagedCells: Int) {
        let desk = try vault.open(.reading)
        let overview = try desk.overview(request, today: Clock.today)
        return (overview, desk.damagedCells)
    }

    private struct PrintedUnreadable: Encodable {
        let leaf: UInt64
        let day: String
        let reason: String
    }

    private func listUnreadable() throws {
        let entries = try vault.open(.reading).unreadable().map {
            PrintedUnreadable(leaf: $0.leaf, day: $0.day.description, reason: $0.reason.clause)
        }
        var table = TextTable([.fixed("leaf"), .fixed("day"), .flexible("reason", least: 20)])
        for entry in entries { table.add(["\(entry.leaf)", entry.day, entry.reason]) }
        let lines = table.lines(width: Terminal.width, colours: Terminal.hasColours)
        output.show(entries, entries.isEmpty ? ["nothing unreadable"] : lines)
    }
}
