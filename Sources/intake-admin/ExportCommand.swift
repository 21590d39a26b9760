import ArgumentParser
import IntakeDesk

/// `export` writes the bundle for the server.
struct ExportCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the out-bundle: replies, acknowledgement, cosigned checkpoint.",
        discussion: """
            Replies go along until the log has them, so a lost stick loses nothing: export again. \
            Fillers that nobody can open hide how many replies there are.

              intake-admin export --vault desk.vault --out /media/stick/out.bundle
            """
    )

    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("Where the bundle goes.", valueName: "file"))
    var out: String

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let replies: Int
        let fillers: Int
        let have: UInt64
        let acknowledged: UInt64
    }

    func perform() throws(DeskError) {
        let outcome = try vault.open(.writing).export(to: out)
        output.show(
            Printed(
                replies: outcome.replies,
                fillers: outcome.fillers,
                have: outcome.have,
                acknowledged: outcome.acknowledged
            ),
            [
                "written: \(counted(outcome.replies, "reply", "replies")) "
                    + "among \(outcome.replies + outcome.fillers)",
                outcome.acknowledged == 0
                    ? "confirms nothing to reporters yet"
                    : "confirms the log up to entry \(outcome.acknowledged) to reporters",
            ]
        )
    }
}
