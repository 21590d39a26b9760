import IntakeConsole
import IntakeDesk
import SealedIntake

/// A thread as a person reads it at the terminal.
struct ThreadPage {
    let view: ThreadView
    let width: Int
    let colours: Bool

    /// What is said where answers cannot be shown in words.
    private static let lackingTree =
        "their decision tree is not here; ask the operator for wegwijzer.tree beside the bundle"

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
        return lines + replies.flatMap(show) + view.transferred.flatMap(show)
    }

    private var head: [String] {
        let summary = view.summary
        let deadline = summary.deadline.map { ", reply by \($0.description)" } ?? ""
        var lines = [title("thread \(summary.thread): \(summary.state.word)\(deadline)")]
        for question in summary.answersInWords { lines += indented(question.line) }
        if summary.lacksTree { lines += TextWrap.lines(Self.lackingTree, width: width) }
        return lines
    }

    private func show(_ message: ThreadView.Message) -> [String] {
        let content = message.message
        var lines = [
            "",
            title(
                "\(content.kind.word) of \(message.writtenDay.description) "
                    + "(language \(Printable.line(content.language)))"
            ),
        ]
        for note in MessageWords.notes(on: message, in: view) { lines += indented(note) }
        if !content.text.isEmpty { lines += indented(Printable.text(content.text)) }
        for (place, attachment) in content.attachments.enumerated() {
            lines += indented(
                "[attachment \(place + 1): \(name(attachment.media)), \(attachment.size) bytes, "
                    + "\(message.heldPieces[place]) of \(attachment.pieces.count) pieces here]"
            )
        }
        return lines
    }

    private func show(_ reply: ThreadView.Reply) -> [String] {
        let kind = ReplyKindArgument(reply.kind).word
        let head =
            "reply \(reply.number + 1), \(kind), written \(reply.day.description), \(state(reply))"
        var lines = ["", title(head)]
        if let other = reply.other {
            let name = view.names.name(of: other)
            lines += indented("[asks whether this may be transferred to \(name)]")
        }
        return lines + (reply.text.isEmpty ? [] : indented(Printable.text(reply.text)))
    }

    private func state(_ reply: ThreadView.Reply) -> String {
        switch reply.withdrawal {
        case .done(let day): "withdrawn since \(day.description)"
        case .asked: "withdrawal goes out with the next export"
        case nil: reply.sent.map { "in the log since \($0.description)" } ?? "not in the log yet"
        }
    }

    /// How far a thread was transferred to one organisation, and what is still to do.
    private func show(_ transferred: ThreadView.TransferState) -> [String] {
        let name = view.names.name(of: transferred.organisation)
        let command = "intake-admin transfer --vault FILE \(view.summary.thread)"
        let open = counted(transferred.open, "message")
        guard transferred.messages > 0 else {
            return ["", title("not transferred to \(name) yet: \(open)")] + indented(command)
        }
        var lines = [
            "", title("transferred to \(name): \(counted(transferred.messages, "message"))"),
        ]
        if transferred.unsent > 0 {
            lines += indented("\(transferred.unsent) of them not in the log yet")
        }
        if transferred.open > 0 { lines += indented("\(open) not transferred yet: \(command)") }
        return lines
    }

    private func indented(_ text: String) -> [String] {
        TextWrap.lines(text, width: width - 2).map { $0.isEmpty ? "" : "  \($0)" }
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
