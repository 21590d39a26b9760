import SealedIntake

/// Why answers are not walked.
enum WalkRefusal: Int32 {
    /// They are not in their form, or do not walk the tree.
    case answers = 1
    case notOpened = 2
}

extension Visit {
    /// Walks the tree by answers; says the question that is open, the questions reached, the
    /// places of the outcomes that count, and those of the entries shown, as the page numbers
    /// them: words, one space between them.
    func walk(_ lines: [UInt8]) -> Outcome {
        guard let opened else { return .refused(WalkRefusal.notOpened) }
        let tree = opened.tree
        guard let answers = Answer.list(lines),
            let walk = try? tree.walk(answers, on: opened.today)
        else { return .refused(WalkRefusal.answers) }
        return .done([
            walk.open.map { tree.nodes[$0].id } ?? [],
            Self.words(walk.questions.map { tree.nodes[$0].id }),
            Self.words(walk.outcomes.map { Decimal.encode(UInt64($0)) }),
            Self.words(walk.entries.map { Decimal.encode(UInt64($0)) }),
        ])
    }

    private static func words(_ words: [[UInt8]]) -> [UInt8] {
        [UInt8](words.joined(separator: [0x20]))
    }
}
