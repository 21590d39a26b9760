/// A question, or a rule that is decided without asking.
public struct TreeNode: Hashable, Sendable {
    /// The most answers of a question.
    public static let mostAnswers = 64

    /// The id, `[a-z0-9-]`.
    public let id: [UInt8]
    /// What it is.
    public let kind: Kind
    /// Where it comes from.
    public let sources: [[UInt8]]

    /// A question with its answers, or a rule with its cases.
    public enum Kind: Hashable, Sendable {
        /// A question; several answers may be chosen where `isMany`.
        case question(isMany: Bool, [TreeAnswer])
        /// A rule: the first case whose terms all hold.
        case rule([TreeCase])
    }

    /// The answers; none where this is a rule.
    public var answers: [TreeAnswer] {
        if case .question(_, let answers) = kind { answers } else { [] }
    }

    /// Whether this is a question of which several answers may be chosen.
    public var isMany: Bool {
        if case .question(let isMany, _) = kind { isMany } else { false }
    }

    /// Whether this is a question.
    public var isQuestion: Bool {
        if case .question = kind { true } else { false }
    }
}

/// One answer to a question.
public struct TreeAnswer: Hashable, Sendable {
    /// The id, `[a-z0-9-]`.
    public let id: [UInt8]
    /// Where it leads.
    public let target: TreeTarget
    /// What it tells: indices in ``DecisionTree/facts``.
    public let facts: [Int]
}

/// One case of a rule.
public struct TreeCase: Hashable, Sendable {
    /// Where it leads.
    public let target: TreeTarget
    /// What must hold for it; nothing for the last.
    public let terms: [TreeTerm]
}

/// Where an answer or a case leads.
public enum TreeTarget: Hashable, Sendable {
    /// To a later question or rule: its index in ``DecisionTree/nodes``.
    case node(Int)
    /// To an outcome: its index in ``DecisionTree/outcomes``.
    case outcome(Int)
}

/// That a fact holds, or that it does not.
public struct TreeTerm: Hashable, Sendable {
    /// The index in ``DecisionTree/facts``.
    public let fact: Int
    /// Whether the fact must not hold.
    public let isNegated: Bool

    /// Whether it holds among facts that are known.
    func holds(_ known: [Bool]) -> Bool {
        known[fact] != isNegated
    }
}
