import SealedIntake

/// Where a thread stands.
public enum ThreadState: Sendable, CaseIterable {
    /// A report nobody answered.
    case new
    /// The reporter wrote again after the last answer.
    case followUp
    /// The last answer only said that it was received.
    case received
    /// The last answer was a message or a question.
    case answered
    /// The last answer closed it.
    case closed

    /// Days from the newest unanswered message within which the reporter should hear something.
    static let answerDays: UInt32 = 7

    /// Whether somebody waits for an answer of this desk.
    public var awaitsAnswer: Bool { self == .new || self == .followUp }

    /// The state after messages and replies in the order they were written.
    init(messageCount: Int, lastReply: ReplyRecord?) {
        guard let lastReply else {
            self = .new
            return
        }
        guard lastReply.messagesAnswered >= UInt64(messageCount) else {
            self = .followUp
            return
        }
        switch Reply.Kind(rawValue: lastReply.kind) {
        case .received: self = .received
        case .closed: self = .closed
        case .message, .question, .transfer, nil: self = .answered
        }
    }
}
