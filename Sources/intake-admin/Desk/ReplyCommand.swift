import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `reply` writes an answer in a thread.
struct ReplyCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "reply",
        abstract: "Writes a reply, sealed to this reporter, for the next export.",
        discussion: """
            Without --text and --file the answer is typed at the terminal and ended with Ctrl-D: \
            that leaves no trace in a shell's history or on disk. What the reporter reads is shown \
            before it is sealed; arrows and other keys are no text. A message or question has 1 to \
            3,000 bytes; "received" and "closed" may go without words. "transfer" asks whether \
            the thread may be transferred to another organisation; say in words why.

              intake-admin reply --vault desk.vault 1a2b3c4d --kind question
              intake-admin reply --vault desk.vault 1a2b3c4d --kind received --text ""
              intake-admin reply --vault desk.vault 1a2b3c4d --kind transfer --to helpdesk
            """
    )

    private static let mostTyped = 65_536

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The thread's id, or its first digits.")
    var thread: String

    @Option(parsing: .unconditional, help: "The reply; it stays in the shell's history.")
    var text: String?

    @Option(help: ArgumentHelp("The reply, from a file.", valueName: "file"))
    var file: String?

    @Option(help: "What kind of reply: message, question, received, closed or transfer.")
    var kind: ReplyKindArgument = .message

    @Option(
        help: ArgumentHelp("The organisation a transfer asks about.", valueName: "id")
    )
    var to: String?

    @OptionGroup var day: TypedDay
    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let thread: String
        let number: UInt32
        let kind: String
    }

    func validate() throws {
        guard (kind == .transfer) == (to != nil) else {
            throw ValidationError(
                "--to must go with --kind transfer: the organisation it asks about"
            )
        }
        guard to == nil || other != nil else {
            throw ValidationError("an organisation's id must be 2 to 16 of a-z, 0-9 and -")
        }
        guard text == nil || file == nil else {
            throw ValidationError("give --text or --file, not both")
        }
    }

    private var other: OrganisationID? {
        to.flatMap { OrganisationID(ascii: [UInt8]($0.utf8)) }
    }

    func perform() throws {
        let replyKind = kind.kind
        let given = try given(for: replyKind)
        let passphrase = try vault.passphrase()
        if isTyped(replyKind) {
            // Nobody types an answer for nothing; and the vault stays free to read meanwhile.
            let desk = try vault.open(.reading, passphrase: passphrase)
            try desk.checkClock(today: Clock.today, isDayTyped: day.isTyped)
            _ = try desk.thread(thread)
        }
        let words = try given ?? typed(for: replyKind)
        let desk = try vault.open(.writing, passphrase: passphrase)
        let written = try desk.reply(
            to: thread,
            kind: replyKind,
            text: words.text,
            other: other,
            today: Clock.today,
            isDayTyped: day.isTyped
        )
        output.show(
            Printed(thread: written.thread, number: written.number, kind: kind.word),
            [
                "reply \(written.number + 1) (\(kind.word)) to thread \(written.thread) "
                    + "is written; the next export takes it along"
            ]
        )
    }

    private func isTyped(_ kind: Reply.Kind) -> Bool {
        text == nil && file == nil && kind.needsText && Terminal.isTyped
    }

    /// The words that came with the command, before anybody types a passphrase for them.
    private func given(for kind: Reply.Kind) throws -> ReplyWords? {
        let came = try text.map { [UInt8]($0.utf8) } ?? file.map { try PlainFile.contents(of: $0) }
        guard let came = came ?? (kind.needsText ? nil : []) else { return nil }
        let words = try ReplyWords(came, for: kind)
        words.tellWhatIsLeftOut()
        return words
    }

    /// The words that are typed, or come from another program.
    private func typed(for kind: Reply.Kind) throws -> ReplyWords {
        let isTyped = isTyped(kind)
        if isTyped { Terminal.tell("type the reply, then Ctrl-D on a line of its own\n") }
        let words = try ReplyWords(Terminal.typedText(most: Self.mostTyped), for: kind)
        if isTyped { try words.confirm() } else { words.tellWhatIsLeftOut() }
        return words
    }
}
