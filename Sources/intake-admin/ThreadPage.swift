import IntakeDesk
import SealedIntake

/// A thread as a person reads it at the terminal.
struct ThreadPage {
    let view: ThreadView
    let width: Int
    let colours: Bool

    /// The lines, each within the width.
    var lines: [String] {
        var lines = head
        var replies = view.replies[...]
        for (place, message) in view.messages.enumerated() {
            lines += show(message)
            while let reply = replies.first, reply.messagesAnswered <= place + 1 {
                lines += show(reply)
                replies = replies.dropFirst()
            }
        }
        return lines + replies.flatMap(show)
    }

    private var head: [String] {
        let summary = view.summary
        let deadline = summary.deadline.map { ", answer by \(ascii($0.text))" } ?? ""
        var lines = [title("thread \(summary.thread): \(summary.state.rawValue)\(deadline)")]
        if !summary.answers.isEmpty {
            let answers = summary.answers
                .map { "\(Printable.line($0.question)) = \(Printable.line($0.answer))" }
            lines += TextWrap.lines(answers.joined(separator: ", "), width: width)
        }
        return lines
    }

    private func show(_ message: ThreadView.Message) -> [String] {
        let content = message.message
        let kind = content.kind == .report ? "report" : "follow-up"
        var lines = [
            "",
            title(
                "\(kind) of \(ascii(message.day.text)) "
                    + "(language \(Printable.line(content.language)))"
            ),
        ]
        lines += body(content.text)
        for (place, attachment) in content.attachments.enumerated() {
            lines.append(
                "  [attachment \(place + 1): \(name(attachment.media)), \(attachment.size) bytes, "
                    + "\(message.heldPieces[place]) of \(attachment.pieces.count) pieces here]"
            )
        }
        return lines
    }

    private func show(_ reply: ThreadView.Reply) -> [String] {
        let state =
            reply.sent.map { "in the log since \(ascii($0.text))" } ?? "not in the log yet"
        let kind = ReplyKindArgument(reply.kind).rawValue
        let head = "reply \(reply.number + 1), \(kind), written \(ascii(reply.day.text)), \(state)"
        return ["", title(head)] + (reply.text.isEmpty ? [] : body(reply.text))
    }

    private func body(_ text: [UInt8]) -> [String] {
        TextWrap.lines(Printable.text(text), width: width - 2).map { $0.isEmpty ? "" : "  \($0)" }
    }

    private func title(_ text: String) -> String {
        TextTable.emphasised(TextWrap.cut(text, width: width), .strong, colours: colours)
    }

    private func name(_ media: Attachment.Media) -> String {
        switch media {
        case .jpeg: "JPEG picture"
        case .wav: "WAV sound"
        case .mp4: "MP4 film"
        }
    }
}
