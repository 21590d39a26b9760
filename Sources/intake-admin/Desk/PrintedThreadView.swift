import IntakeDesk
import SealedIntake

/// A thread as `show --json` prints it.
struct PrintedThreadView: Encodable {
    struct PrintedAnswer: Encodable {
        let question: String
        let answer: String
        let questionText: String?
        let answerText: String?

        private enum CodingKeys: String, CodingKey {
            case question
            case answer
            case questionText = "question_text"
            case answerText = "answer_text"
        }

        /// One for each choice.
        static func list(_ answers: [AnsweredQuestion]) -> [PrintedAnswer] {
            answers.flatMap { question in
                question.choices.map { choice in
                    PrintedAnswer(
                        question: String(utf8: question.id),
                        answer: String(utf8: choice.id),
                        questionText: question.text,
                        answerText: choice.text
                    )
                }
            }
        }
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
        let source: String
        let from: String?
        let about: String?
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
        let about: String?
        let sent: String?
        let withdrawn: String?
    }

    struct PrintedTransfer: Encodable {
        let organisation: String
        let messages: Int
        let unsent: Int
        let open: Int
    }

    let thread: String
    let state: String
    let deadline: String?
    let messages: [PrintedMessage]
    let replies: [PrintedReply]
    let transferred: [PrintedTransfer]

    private enum CodingKeys: String, CodingKey {
        case thread
        case state
        case deadline
        case messages
        case replies
        case transferred
    }

    init(_ view: ThreadView) {
        thread = view.summary.thread
        state = view.summary.state.word
        deadline = view.summary.deadline.map { $0.description }
        messages = view.messages.map(PrintedMessage.init)
        replies = view.replies.map(PrintedReply.init)
        transferred = view.transferred.map {
            PrintedTransfer(
                organisation: $0.organisation.description,
                messages: $0.messages,
                unsent: $0.unsent,
                open: $0.open
            )
        }
    }
}

extension PrintedThreadView.PrintedMessage {
    init(_ entry: ThreadView.Message) {
        let message = entry.message
        kind = message.kind.word
        day = entry.writtenDay.description
        source = SourceWord(entry.source).word
        from = entry.source.other?.description
        about = (message.transferKeys?.organisation ?? message.release?.from)?.description
        language = String(utf8: message.language)
        text = String(utf8: message.text)
        answers = PrintedThreadView.PrintedAnswer.list(entry.answers)
        attachments = zip(message.attachments, entry.heldPieces).map { attachment, held in
            .init(
                media: attachment.media.word,
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
        kind = ReplyKindArgument(reply.kind).word
        day = reply.day.description
        text = String(utf8: reply.text)
        about = reply.other?.description
        sent = reply.sent.map { $0.description }
        withdrawn =
            switch reply.withdrawal {
            case .done(let day): day.description
            case .asked: "asked"
            case nil: nil
            }
    }
}
