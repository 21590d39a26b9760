import ArgumentParser
import SealedIntake

/// The kinds of reply as people type them.
enum ReplyKindArgument: String, ExpressibleByArgument, CaseIterable {
    case message
    case question
    case received
    case closed
    case transfer

    init(_ kind: Reply.Kind) {
        switch kind {
        case .received: self = .received
        case .message: self = .message
        case .question: self = .question
        case .closed: self = .closed
        case .transfer: self = .transfer
        }
    }

    /// The protocol's kind.
    var kind: Reply.Kind {
        switch self {
        case .received: .received
        case .message: .message
        case .question: .question
        case .closed: .closed
        case .transfer: .transfer
        }
    }
}
