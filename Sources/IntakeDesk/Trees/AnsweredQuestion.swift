import IntakeConsole
import SealedIntake

/// A question of the tree and what a reporter chose.
public struct AnsweredQuestion: Equatable, Sendable {
    /// One answer: its id, and what it says where the tree is here that has it.
    public struct Choice: Equatable, Sendable {
        /// The id.
        public let id: [UInt8]
        /// The words, ``Printable``.
        public let text: String?
    }

    /// The id of the question.
    public let id: [UInt8]
    /// What it asks, ``Printable``; nil where its tree is not here.
    public let text: String?
    /// What was chosen, in the order given.
    public private(set) var choices: [Choice]

    /// The answers of each question together, in the order in which the questions first come.
    static func list(
        _ answers: [Answer],
        words: (_ question: [UInt8], _ answer: [UInt8]?) -> String? = { _, _ in nil }
    ) -> [AnsweredQuestion] {
        answers.reduce(into: []) { list, answer in
            let choice = Choice(id: answer.answer, text: words(answer.question, answer.answer))
            if let known = list.firstIndex(where: { $0.id == answer.question }) {
                list[known].choices.append(choice)
            } else {
                let text = words(answer.question, nil)
                list.append(AnsweredQuestion(id: answer.question, text: text, choices: [choice]))
            }
        }
    }

    /// What was chosen, for a screen.
    public var chosen: String {
        choices.map { $0.text ?? Printable.line($0.id) }.joined(separator: "; ")
    }

    /// The question and what was chosen, for a screen: in words, or where there are none as
    /// `id = id`.
    public var line: String {
        text.map { "\($0) \(chosen)" } ?? "\(Printable.line(id)) = \(chosen)"
    }
}
