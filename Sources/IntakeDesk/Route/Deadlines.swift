import SealedIntake

/// By when a reporter must hear something, and whether they did.
///
/// A confirmation within 7 days of the report, something of substance within 3 months of the
/// confirmation; where none was given, of its last day. The law says so of reports of misconduct at
/// work (Wet bescherming klokkenluiders), and this house holds itself to it for all.
public struct Deadlines: Equatable, Sendable {
    /// The day the report went into the log.
    public let came: Day
    /// The last day to confirm it.
    public let confirmBy: Day
    /// The day of the first answer of any kind that was not withdrawn.
    public let confirmed: Day?
    /// The last day for something of substance.
    public let answerBy: Day
    /// The day of the first message, or of the answer that closed the thread.
    public let answered: Day?

    init(came: Day, replies: [ReplyRecord]) {
        let standing = replies.filter { !$0.isTakenBack }
        self.came = came
        confirmBy = came.adding(ThreadState.answerDays)
        confirmed = standing.map(\.day).min()
        answerBy = Self.threeMonths(after: min(confirmed ?? confirmBy, confirmBy))
        answered = standing.filter { record in
            let kind = Reply.Kind(rawValue: record.kind)
            return kind == .message || kind == .closed
        }.map(\.day).min()
    }

    /// The same day three months later, or the last one of that month.
    static func threeMonths(after day: Day) -> Day {
        let month = day.month.next.next.next
        let same = month.first.adding(day.number - day.month.first.number)
        return min(same, month.next.first.previous)
    }
}
