/// One answer of the decision tree that the reporter chose to send along.
public struct Answer: Hashable, Sendable {
    /// The question's id, `[a-z0-9-]`.
    public let question: [UInt8]
    /// The answer's id, `[a-z0-9-]`.
    public let answer: [UInt8]

    /// The longest list of answers in bytes.
    public static let longestList = 512

    /// Reads `question=answer\n` lines, or nil when they are not in that form.
    public static func list(_ text: [UInt8]) -> [Answer]? {
        guard text.count <= longestList else { return nil }
        var reader = ByteReader(text)
        var answers: [Answer] = []
        while !reader.isAtEnd {
            guard let line = try? reader.line() else { return nil }
            let parts = line.split(separator: 0x3D, omittingEmptySubsequences: false)
                .map { [UInt8]($0) }
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
                parts.allSatisfy({ $0.allSatisfy(isIdentifierByte) })
            else { return nil }
            answers.append(Answer(question: parts[0], answer: parts[1]))
        }
        return answers
    }

    /// The lines of a list of answers.
    public static func text(_ answers: [Answer]) -> [UInt8] {
        answers.reduce(into: []) { $0 += $1.question + [0x3D] + $1.answer + [0x0A] }
    }
}
