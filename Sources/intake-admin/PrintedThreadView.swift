import IntakeDesk
import SealedIntake

/// A thread as `show --json` prints it.
struct PrintedThreadView: Encodable {
    struct PrintedAnswer: Encodable {
        let question: String
        let answer: String
    }

    struct PrintedAttachment: Encodable {
        let media: String
        let bytes: UInt32
        let pieces: Int
        let held: Int
    }

    struct PrintedMessage: Encodable {
        let kind: String
        let day: String
        let language: String
        let text: String
        let answers: [PrintedAnswer]
        let attachments: [PrintedAttachment]
    }

    struct PrintedReply: Encodable {
        let number: UInt32
        let kind: String
        let day: String
        let text: String
        let sent: String?
    }

    let thread: String
    let state: String
    let deadline: String?
    let messages: [PrintedMessage]
    let replies: [PrintedReply]

    init(_ view: ThreadView) {
        thread = view.summary.thread
        state = view.summary.state.rawValue
        deadline = view.summary.deadline.map { ascii($0.text) }
        messages = view.messages.map(PrintedMessage.init)
        replies = view.replies.map(PrintedReply.init)
    }
}

extension PrintedThreadView.PrintedMessage {
    init(_ entry: ThreadView.Message) {
        let message = entry.message
        kind = message.kind == .report ? "report" : "follow-up"
        day = ascii(entry.day.text)
        language = ascii(message.language)
        text = ascii(message.text)
        answers = message.answers.map {
            .init(question: ascii($0.question), answer: ascii($0.answer))
        }
        attachments = zip(message.attachments, entry.heldPieces).map { attachment, held in
            .init(
                media: "\(attachment.media)",
                bytes: attachment.size,
                pieces: attachment.pieces.count,
                held: held
            )
        }
    }
}

extension PrintedThreadView.PrintedReply {
    init(_ reply: ThreadView.Reply) {
        number = reply.number
        kind = ReplyKindArgument(reply.kind).rawValue
        day = ascii(reply.day.text)
        text = ascii(reply.text)
        sent = reply.sent.map { ascii($0.text) }
    }
}
