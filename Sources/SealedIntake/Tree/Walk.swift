/// What some answers come to.
///
/// Everything is named by its index in the tree, in the tree's order.
public struct Walk: Hashable, Sendable {
    /// The questions reached, answered or not.
    public let questions: [Int]
    /// The first question reached that has no answer yet.
    public let open: Int?
    /// The outcomes that count: those that mean danger, else those that need help, else the
    /// settled ones.
    public let outcomes: [Int]
    /// Whether an outcome that means danger was reached: nothing more is asked.
    public let isDanger: Bool
    /// What is known, as a flag for each of ``DecisionTree/facts``.
    public let known: [Bool]
    /// The entries shown; none before the walk is complete.
    public let entries: [Int]

    /// Whether nothing is left to ask.
    public var isComplete: Bool { open == nil }
}

/// Why answers do not walk the tree.
public enum WalkError: Refusal {
    /// The question or the answer is none of the tree's.
    case unknownAnswer
    /// One question has the same answer twice, or two where one is asked.
    case twoAnswers
    /// Nothing led to a question that was answered.
    case notAsked
    /// A fact is none that a desk may set, or not to that value.
    case unknownFact

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .unknownAnswer: "an answer is none of the tree's"
        case .twoAnswers: "a question has two answers, it must have one"
        case .notAsked: "a question was answered that nothing led to"
        case .unknownFact: "a fact is none that may be set"
        }
    }
}
