import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Closes past days, or what there is of today.
struct CloseDayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close-day",
        abstract: "Close every past day that is still open, oldest first.",
        discussion: """
            A running server does this by itself at 02:00 UTC. A clock further ahead than the \
            directory, the desks and the time that the server ran explain closes nothing by \
            itself: a date given with --through is taken as read off another clock.
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: "The last day to close, YYYY-MM-DD; yesterday (UTC) where it is left out.")
    var through: String?

    @Flag(help: "Close days that nothing but --through explains even where that erases.")
    var erase = false

    @Flag(help: "Close what there is of today too; may be done again and again.")
    var now = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let through, Day(text: [UInt8](through.utf8)) == nil {
            throw ValidationError("\"\(through)\" is no day, it must be YYYY-MM-DD")
        }
        if through != nil, now {
            throw ValidationError("--through and --now exclude each other")
        }
    }

    func run() async throws {
        try await reporting {
            let (store, logKey) = try data.folder.open()
            let mark = data.folder.mark
            let last = through.flatMap { Day(text: [UInt8]($0.utf8)) }
            if let last { try explain(last, to: store) }
            // Told at once: what fails after a day is closed must not hide what was lost in it.
            var closed: [ClosedDay] = []
            let tell = { (day: ClosedDay) in
                day.warnings.forEach(warn)
                closed.append(day)
            }
            do {
                let clock = Clock.seconds
                _ =
                    now
                    ? try store.closeNow(at: clock, logKey: logKey, mark: mark, closed: tell)
                    : try store.closePastDays(
                        through: last,
                        at: clock,
                        logKey: logKey,
                        mark: mark,
                        closed: tell
                    )
            } catch {
                if !closed.isEmpty { try output.say(Self.lines(closed), closed.map(Row.init)) }
                throw error
            }
            let shardBytes = try store.shard(0)?.count ?? 0
            try store.close()
            try output.say(Self.lines(closed), closed.map(Row.init))
            if shardBytes > Drop.longestShard {
                warn(
                    "a shard of the drop has \(shardBytes) bytes, the next directory must double them"
                )
            }
        }
    }

    /// A date that a person typed explains the clock; what goes for good is said before.
    private func explain(_ last: Day, to store: Store) throws {
        let reckoning = store.reckoning(at: Clock.seconds)
        guard last < Clock.today else { return }
        if last >= reckoning.today {
            let forecast = try store.forecast(through: last)
            guard erase || forecast.isEmpty else {
                throw StoreError.clock(.erases(through: last, forecast))
            }
        } else if reckoning.isExplained || last < Clock.today.previous {
            return
        }
        try store.explain(past: last, at: Clock.seconds)
    }

    private struct Row: Encodable {
        let day: String
        let size: UInt64
        let submissions: Int
        let replies: Int
        let pieces: Int
        let acknowledgements: Int
        let overdue: Int
        let transferred: Int
        let withdrawn: Int
        let waiting: Int
        let spoiled: [UInt64]

        init(_ closed: ClosedDay) {
            day = closed.day.description
            size = closed.size
            submissions = closed.submissions
            replies = closed.replies
            pieces = closed.pieces
            acknowledgements = closed.acknowledgements
            overdue = closed.overdue
            transferred = closed.transferred
            withdrawn = closed.withdrawn
            waiting = closed.waiting.values.reduce(0, +)
            spoiled = closed.spoiled.map(\.index)
        }
    }

    private static func lines(_ closed: [ClosedDay]) -> [String] {
        guard !closed.isEmpty else { return ["nothing to close: every past day is closed"] }
        return closed.map { day in
            "closed \(day.day.description): log \(day.size), "
                + "\(day.submissions) envelopes with fillers, \(day.replies) replies, "
                + "\(day.pieces) pieces, \(day.acknowledgements) acknowledgements, "
                + "\(day.overdue) overdue, \(day.transferred) transferred, "
                + "\(day.withdrawn) withdrawn"
        }
    }
}
