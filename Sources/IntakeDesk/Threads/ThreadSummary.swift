import SealedIntake

/// One line of the desk's list.
public struct ThreadSummary: Equatable, Sendable {
    /// The thread's short name.
    public let thread: String
    /// The day of its first message.
    public let day: Day
    /// The day of its newest message.
    public let newestDay: Day
    /// Where it stands.
    public let state: ThreadState
    /// How many messages the reporter wrote.
    public let messages: Int
    /// How many replies this desk wrote.
    public let replies: Int
    /// How many of those the log does not have yet.
    public let unsent: Int
    /// The last day to answer, or nil when nobody waits.
    public let deadline: Day?
    /// Answers that went along with the report, in the order given.
    public let answers: [Answer]
    /// The same, in words where the tree is here that they were given with.
    public let answersInWords: [AnsweredQuestion]
    /// Whether there are answers and their tree is not here.
    public let lacksTree: Bool

    private static let themes = ["thema", "theme", "what"]
    private static let roles = ["rol", "role", "who"]
    private static let sectors = ["school", "sector"]

    /// The answer to the first question of these names, as written.
    private func answer(to questions: [String]) -> [UInt8]? {
        answers.first { questions.contains(String(utf8: $0.question)) }?.answer
    }

    /// What it is about, where the reporter said so.
    public var theme: [UInt8]? { answer(to: Self.themes) }

    /// Who the reporter is, where the reporter said so.
    public var role: [UInt8]? { answer(to: Self.roles) }

    /// Which kind of school, where the reporter said so.
    public var sector: [UInt8]? { answer(to: Self.sectors) }

    /// Theme, role and sector for a screen, in words where their tree is here, or all that was
    /// said where that is none of these; nil where nothing was said.
    public var about: String? {
        let main = [Self.themes, Self.roles, Self.sectors].compactMap { names in
            answersInWords.first { names.contains(String(utf8: $0.id)) }
        }
        let said = (main.isEmpty ? answersInWords : main).map(\.chosen)
        return said.isEmpty ? nil : said.joined(separator: " \u{B7} ")
    }

    init(of contents: ThreadContents, name: String, answers: [Answer], tree: WordedTree?) {
        let days = contents.messages.map(\.record.day)
        thread = name
        day = days.min() ?? Day(number: 0)
        newestDay = days.max() ?? Day(number: 0)
        state = contents.state
        messages = contents.messages.count
        replies = contents.replies.count
        unsent = contents.replies.count {
            $0.record.sighting == nil && !$0.record.isTakenBack
        }
        deadline = contents.deadline
        self.answers = answers
        answersInWords = tree?.inWords(answers) ?? AnsweredQuestion.list(answers)
        lacksTree = !answers.isEmpty && tree == nil
    }

    /// The order of the list: who waits longest first, then what was answered, then what is closed.
    static func isMoreUrgent(_ one: ThreadSummary, _ other: ThreadSummary) -> Bool {
        one.urgency.lexicographicallyPrecedes(other.urgency)
    }

    private var urgency: [UInt32] {
        let rank: UInt32 =
            switch state {
            case .new, .followUp: 0
            case .received: 1
            case .answered: 2
            case .closed: 3
            }
        let since = rank == 0 ? deadline?.number ?? 0 : UInt32.max - newestDay.number
        return [rank, since, day.number]
    }
}
