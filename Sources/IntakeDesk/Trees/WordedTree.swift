import IntakeConsole
import SealedIntake

/// A decision tree and what it says in one language; all words are ``Printable``.
public struct WordedTree: Sendable {
    /// The tree.
    public let tree: DecisionTree

    private let texts: TreeTexts

    init(tree: DecisionTree, texts: TreeTexts) {
        self.tree = tree
        self.texts = texts
    }

    /// The language of the words.
    public var language: String { String(utf8: texts.language) }

    /// The words of a key whose parts are put together with dots, or nil where there are none.
    func words(_ parts: [UInt8]...) -> String? {
        texts[Self.key(parts)].map { Printable.line($0) }
    }

    /// The words of a list, one after the other.
    func sentences(_ parts: [UInt8]...) -> [String] {
        texts.list(Self.key(parts)).map { Printable.line($0) }
    }

    private static func key(_ parts: [[UInt8]]) -> [UInt8] {
        [UInt8](parts.joined(separator: [0x2E]))
    }

    /// Answers with the words that a reporter saw; those of one question stand together, as they
    /// were given.
    func inWords(_ answers: [Answer]) -> [AnsweredQuestion] {
        AnsweredQuestion.list(answers) { question, answer in
            guard let answer else { return words(ascii("question"), question, ascii("text")) }
            return words(ascii("answer"), question, answer)
        }
    }
}
