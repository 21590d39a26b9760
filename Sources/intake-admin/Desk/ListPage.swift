import IntakeConsole
import IntakeDesk
import SealedIntake

/// The threads asked for as a person reads them, and below them what else must be known.
struct ListPage {
    let overview: DeskOverview
    let request: ListRequest
    let damagedCells: Int
    let width: Int
    let colours: Bool

    private var listing: ThreadListing { overview.listing }

    /// All lines.
    var lines: [String] {
        var lines = [listing.all == 0 ? "no threads yet" : "no threads of those asked for"]
        if !listing.threads.isEmpty { lines = table.lines(width: width, colours: colours) }
        lines += [""] + footer
        for waiting in overview.waitingElsewhere {
            lines += TextWrap.lines(waiting.text, width: width)
        }
        return lines + AlarmLines.lines(overview.alarms)
    }

    private var table: TextTable {
        var table = TextTable([
            .fixed("thread"), .fixed("day"), .fixed("state"), .fixed("deadline"),
        ])
        let today = Clock.today
        for thread in listing.threads {
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

    private var footer: [String] {
        var lines = [
            "\(counted(listing.all, "thread")), \(listing.waiting) waiting for a reply"
        ]
        if request.isFiltered { lines.append("\(listing.found) of them as asked for") }
        lines += pages.map { TextWrap.lines($0, width: width) } ?? []
        if listing.unsent > 0 {
            lines.append("\(counted(listing.unsent, "reply", "replies")) to be exported")
        }
        if listing.threads.contains(where: \.lacksTree) {
            lines.append("shown as names: the decision tree of some answers is not here")
        }
        if overview.unreadable > 0 {
            lines.append("\(overview.unreadable) unreadable, see them with --unreadable")
        }
        return lines + DamageLine.lines(cells: damagedCells)
    }

    /// Which part is shown and how to see more; nil where that is all.
    private var pages: String? {
        guard let page = request.page, listing.pages > 1 else { return nil }
        let first = (page - 1) * ListRequest.pageLength + 1
        let last = first + listing.threads.count - 1
        let more = page < listing.pages ? "more with --page \(page + 1), " : ""
        return "page \(page) of \(listing.pages), \(first) to \(last) of \(listing.found): "
            + "\(more)all with --all"
    }
}
