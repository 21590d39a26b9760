import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `list` shows all threads, the most urgent first.
struct ListCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists threads, the most urgent first.",
        discussion: """
            States: new (nobody answered), follow-up (the reporter wrote again), received, \
            answered, closed. The deadline is 7 days after the newest message nobody answered.
            """
    )

    @OptionGroup var vault: VaultOptions

    @Flag(help: "List what could not be read instead, with the reason.")
    var unreadable = false

    @OptionGroup var output: OutputOptions

    func perform() throws {
        if unreadable { return try listUnreadable() }
        let listing = try read()
        let threads = listing.threads.map(PrintedThread.init)
        output.show(threads, lines(listing))
    }

    private struct Listing {
        let threads: [ThreadSummary]
        let unreadable: Int
        let waitingElsewhere: [WaitingElsewhere]
        let alarms: [Alarm]
        let damagedCells: Int
    }

    /// Reads all, then lets go of the vault before anything is printed.
    private func read() throws -> Listing {
        let desk = try vault.open(.reading)
        return Listing(
            threads: try desk.threads(),
            unreadable: try desk.unreadable().count,
            waitingElsewhere: try desk.waitingElsewhere(),
            alarms: try desk.alarms(today: Clock.today),
            damagedCells: desk.damagedCells
        )
    }

    private func lines(_ listing: Listing) -> [String] {
        let colours = Terminal.hasColours
        let width = Terminal.width
        var lines = ["no threads yet"]
        if !listing.threads.isEmpty {
            lines = table(listing.threads).lines(width: width, colours: colours)
        }
        lines += [""] + footer(listing)
        for waiting in listing.waitingElsewhere {
            lines += TextWrap.lines(waiting.text, width: width)
        }
        return lines + AlarmLines.lines(listing.alarms)
    }

    private func table(_ threads: [ThreadSummary]) -> TextTable {
        var table = TextTable([
            .fixed("thread"), .fixed("day"), .fixed("state"), .fixed("deadline"),
        ])
        let today = Clock.today
        for thread in threads {
            let isLate = thread.deadline.map { $0 < today } ?? false
            let deadline = thread.deadline.map { $0.description + (isLate ? " late" : "") }
            table.add(
                [
                    thread.thread, thread.day.description, thread.state.word, deadline ?? "-",
                ],
                isLate ? .urgent : thread.state == .closed ? .faint : .plain,
                note: thread.about
            )
        }
        return table
    }

    private func footer(_ listing: Listing) -> [String] {
        let waiting = listing.threads.count { $0.state.awaitsAnswer }
        let unsent = listing.threads.reduce(0) { $0 + $1.unsent }
        var lines = [
            "\(counted(listing.threads.count, "thread")), \(waiting) waiting for a reply"
        ]
        if unsent > 0 { lines.append("\(counted(unsent, "reply", "replies")) to be exported") }
        if listing.threads.contains(where: \.lacksTree) {
            lines.append("shown as names: the decision tree of some answers is not here")
        }
        if listing.unreadable > 0 {
            lines.append("\(listing.unreadable) unreadable, see them with --unreadable")
        }
        return lines + DamageLine.lines(cells: listing.damagedCells)
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
