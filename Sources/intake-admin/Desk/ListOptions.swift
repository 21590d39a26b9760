import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// Which threads `list` shows.
struct ListOptions: ParsableArguments {
    @Flag(help: "Only threads that wait for a reply.")
    var unanswered = false

    @Option(
        help: ArgumentHelp(
            "Only threads whose newest message came on this day or later.",
            valueName: "YYYY-MM-DD"
        )
    )
    var since: String?

    @Option(help: "Which page of 50 threads; the first without it.")
    var page: Int?

    @Flag(help: "All threads on one page.")
    var all = false

    func validate() throws {
        if let since, day == nil {
            throw ValidationError("\"\(Printable.line(since))\" is no day, it must be YYYY-MM-DD")
        }
        guard page.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--page must be 1 or more")
        }
        guard page == nil || !all else { throw ValidationError("give --page or --all, not both") }
    }

    private var day: Day? { since.flatMap { Day(text: [UInt8]($0.utf8)) } }

    /// Whether anything is asked for.
    var isEmpty: Bool { !unanswered && since == nil && page == nil && !all }

    /// What is asked for; a program gets all threads where it names no page.
    func request(forProgram: Bool) -> ListRequest {
        ListRequest(
            isUnanswered: unanswered,
            since: day,
            page: all ? nil : page ?? (forProgram ? nil : 1)
        )
    }
}
