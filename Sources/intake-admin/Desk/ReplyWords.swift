import IntakeConsole
import IntakeDesk
import SealedIntake

/// The words of a reply as they will be sent, and what of what was typed they are without.
struct ReplyWords {
    /// What the reporter reads: UTF-8, plain.
    let text: [UInt8]
    /// How many keys were no text.
    private let keys: Int

    /// Takes what was typed, or stands in a file.
    /// - Throws: ``NewReplyError``.
    init(_ typed: [UInt8], for kind: Reply.Kind) throws {
        let removed = KeySequences.removed(from: typed)
        text = try Desk.words(removed.text, for: kind)
        keys = removed.keys
    }

    /// Shows what the reporter reads, as far as that is another text than the one that came.
    func tellWhatIsLeftOut() {
        guard keys > 0 else { return }
        Terminal.tell("left out: \(counted(keys, "key")) that is no text, such as an arrow\n")
        show()
    }

    /// Shows what the reporter reads to whoever typed it; where that is without something, waits
    /// for Enter.
    /// - Throws: ``ReplyNotSealedError``.
    func confirm() throws {
        tellWhatIsLeftOut()
        guard keys > 0 else { return show() }
        Terminal.tell("Enter seals this, anything else does not: ")
        guard try Terminal.typedLine() == [] else { throw ReplyNotSealedError() }
    }

    private func show() {
        guard !text.isEmpty else { return }
        let lines = TextWrap.lines(Printable.text(text), width: Terminal.width - 2)
        Terminal.tell("the reporter reads:\n" + lines.map { "  \($0)\n" }.joined())
    }
}

/// Whoever typed a reply did not want what would have been sent.
struct ReplyNotSealedError: Refusal {
    /// What was found, then what must be.
    var clause: String { "the reply is not sealed and nothing was written; begin again" }
}
