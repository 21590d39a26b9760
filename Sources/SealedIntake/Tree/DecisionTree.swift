/// The decision tree file: the questions a reporter may answer, in order.
///
/// ```text
/// sealedintake/v1/tree
/// question ID
/// answer ID         one or more a question
///                   an empty line between questions
/// ```
public struct DecisionTree: Hashable, Sendable {
    /// One question and the answers it may get.
    public struct Question: Hashable, Sendable {
        /// The id, `[a-z0-9-]`.
        public let id: [UInt8]
        /// The ids of the answers, in the order shown.
        public let answers: [[UInt8]]
    }

    /// The questions in the order asked.
    public let questions: [Question]

    /// SHA-256 of the file, which reports and the directory name.
    public let digest: Digest

    /// Reads the file.
    /// - Throws: ``DecisionTreeError``.
    public init(bytes: [UInt8]) throws(DecisionTreeError) {
        var reader = ByteReader(bytes)
        guard let head = try? reader.line(), head == label("tree") else { throw .malformed }
        var questions: [Question] = []
        while !reader.isAtEnd {
            let question = try Self.question(from: &reader)
            guard !questions.contains(where: { $0.id == question.id }) else { throw .twice }
            questions.append(question)
        }
        guard !questions.isEmpty else { throw .malformed }
        self.questions = questions
        digest = Digest(of: bytes)
    }

    /// Whether each answer is one of the tree's to one of its questions.
    public func holds(_ answers: [Answer]) -> Bool {
        answers.allSatisfy { answer in
            questions.contains { $0.id == answer.question && $0.answers.contains(answer.answer) }
        }
    }

    private static func question(
        from reader: inout ByteReader
    ) throws(DecisionTreeError) -> Question {
        guard let line = try? reader.line(), let id = argument(of: line, after: ascii("question "))
        else { throw .malformed }
        var answers: [[UInt8]] = []
        while !reader.isAtEnd {
            guard let line = try? reader.line() else { throw .malformed }
            if line.isEmpty {
                guard !reader.isAtEnd else { throw .malformed }
                break
            }
            guard let answer = argument(of: line, after: ascii("answer ")) else {
                throw .malformed
            }
            guard !answers.contains(answer) else { throw .twice }
            answers.append(answer)
        }
        guard !answers.isEmpty else { throw .malformed }
        return Question(id: id, answers: answers)
    }

    private static func argument(of line: [UInt8], after word: [UInt8]) -> [UInt8]? {
        guard line.starts(with: word) else { return nil }
        let id = [UInt8](line.dropFirst(word.count))
        return !id.isEmpty && id.allSatisfy(isIdentifierByte) ? id : nil
    }
}

/// Why bytes are no decision tree.
public enum DecisionTreeError: Refusal {
    /// A line that is not in the form.
    case malformed
    /// A question or answer stands twice.
    case twice

    /// What was found, then what must be.
    public var clause: StaticString {
        switch self {
        case .malformed: "no decision tree file"
        case .twice: "a question or answer of the tree stands twice"
        }
    }
}
