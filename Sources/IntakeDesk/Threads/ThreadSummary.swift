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

    /// The answer to a question, as written.
    private func answer(to question: [UInt8]) -> [UInt8]? {
        answers.first { $0.question == question }?.answer
    }

    /// What it is about, where the reporter said so.
    public var theme: [UInt8]? { answer(to: TreeName.theme) }

    /// Who the reporter is, where the reporter said so.
    public var role: [UInt8]? { answer(to: TreeName.role) }

    /// Which kind of school, where the reporter said so.
    public var sector: [UInt8]? { answer(to: TreeName.school) }

    /// Theme, role and sector for a screen, in words where their tree is here, or all that was
    /// said where that is none of these; nil where nothing was said.
    public var about: String? {
        let main = [TreeName.theme, TreeName.role, TreeName.school].compactMap { name in
            answersInWords.first { $0.id == name }
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
        unsent = contents.unsent
        deadline = contents.deadline
        self.answers = answers
        answersInWords = tree?.inWords(answers) ?? AnsweredQuestion.list(answers)
        lacksTree = !answers.isEmpty && tree == nil
    }
}
