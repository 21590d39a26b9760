import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `withdraw` takes a reply out of the drop.
struct WithdrawCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Withdraws a reply: it disappears from the page once the server has that.",
        discussion: """
            The number is the one that show prints. Whoever read the reply before has read it.

              intake-admin withdraw --vault desk.vault 1a2b3c4d 2
            """
    )

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The thread's id, or its first digits.")
    var thread: String

    @Argument(help: "The reply's number, as show prints it.")
    var number: Int

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let thread: String
        let number: UInt32
        let kind: String
    }

    func perform() throws {
        let reply = try vault.open(.writing).withdraw(number, in: thread, today: Clock.today)
        let kind = ReplyKindArgument(reply.kind).word
        output.show(
            Printed(thread: reply.thread, number: reply.number, kind: kind),
            [
                "reply \(reply.number + 1) (\(kind)) of thread \(reply.thread) will be withdrawn; "
                    + "the next export takes that along"
            ]
        )
    }
}
