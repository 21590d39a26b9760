import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `transfer` transfers a thread to the organisations its reporter agreed to.
struct TransferCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Transfers a thread to another organisation, once its reporter agreed.",
        discussion: """
            First ask the reporter with reply --kind transfer --to ID. When their consent has \
            come (show says so), this seals each of their messages to that organisation, for the \
            next export. Messages that come later are not transferred by themselves: do it again.

              intake-admin transfer --vault desk.vault 1a2b3c4d
            """
    )

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The thread's id, or its first digits.")
    var thread: String

    @OptionGroup var day: TypedDay
    @OptionGroup var output: OutputOptions

    private struct PrintedPart: Encodable {
        let organisation: String
        let messages: Int?
    }

    private struct Printed: Encodable {
        let thread: String
        let transferred: [PrintedPart]
        let left: Int
    }

    func perform() throws {
        let outcome = try vault.open(.writing)
            .transfer(thread, today: Clock.today, isDayTyped: day.isTyped)
        output.show(
            Printed(
                thread: outcome.thread,
                transferred: outcome.parts.map {
                    PrintedPart(organisation: $0.organisation.description, messages: $0.messages)
                },
                left: outcome.left
            ),
            lines(outcome).flatMap { TextWrap.lines($0, width: Terminal.width) }
        )
    }

    private func lines(_ outcome: TransferOutcome) -> [String] {
        var lines = outcome.parts.map { part in
            switch part.messages {
            case nil: "\(part.name) cannot be reached: the directory has no key of it for today"
            case 0?: "nothing new to transfer to \(part.name)"
            case let count?:
                "\(counted(count, "message")) of thread \(outcome.thread) "
                    + "\(count == 1 ? "goes" : "go") to \(part.name) with the next export"
            }
        }
        if outcome.left > 0 {
            lines.append(
                "\(counted(outcome.left, "message")) not written to us cannot be transferred"
            )
        }
        return lines
    }
}
