import IntakeDesk
import SealedIntake

/// A thread as `list --json` prints it.
struct PrintedThread: Encodable {
    let thread: String
    let day: String
    let newest: String
    let state: String
    let messages: Int
    let replies: Int
    let unsent: Int
    let deadline: String?
    let theme: String?
    let role: String?
    let sector: String?

    init(_ summary: ThreadSummary) {
        thread = summary.thread
        day = summary.day.description
        newest = summary.newestDay.description
        state = summary.state.word
        messages = summary.messages
        replies = summary.replies
        unsent = summary.unsent
        deadline = summary.deadline.map { $0.description }
        theme = summary.theme.map { String(utf8: $0) }
        role = summary.role.map { String(utf8: $0) }
        sector = summary.sector.map { String(utf8: $0) }
    }

    private enum CodingKeys: CodingKey {
        case thread, day, newest, state, messages, replies, unsent, deadline, theme, role, sector
    }

    /// Writes null where there is nothing, so that every thread has the same keys.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(thread, forKey: .thread)
        try container.encode(day, forKey: .day)
        try container.encode(newest, forKey: .newest)
        try container.encode(state, forKey: .state)
        try container.encode(messages, forKey: .messages)
        try container.encode(replies, forKey: .replies)
        try container.encode(unsent, forKey: .unsent)
        try container.encode(deadline, forKey: .deadline)
        try container.encode(theme, forKey: .theme)
        try container.encode(role, forKey: .role)
        try container.encode(sector, forKey: .sector)
    }
}
