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
        let handedOn: Int
        let piecesWanted: Int
        let withdrawals: Int
        let have: UInt64
        let acknowledged: UInt64
        let alarms: [String]

        private enum CodingKeys: String, CodingKey {
            case replies
            case fillers
            case handedOn = "handed_on"
            case piecesWanted = "pieces_wanted"
            case withdrawals
            case have
            case acknowledged
            case alarms
        }
    }

    func perform() throws(DeskError) {
        let outcome = try vault.open(.writing).export(to: out, today: .today)
        output.show(
            Printed(
                replies: outcome.replies,
                fillers: outcome.fillers,
                handedOn: outcome.handedOn,
                piecesWanted: outcome.piecesWanted,
                withdrawals: outcome.withdrawals,
                have: outcome.have,
                acknowledged: outcome.acknowledged,
                alarms: outcome.alarms.map(\.text)
            ),
            lines(outcome)
        )
    }

    private func lines(_ outcome: ExportOutcome) -> [String] {
        var lines = [
            "written: \(counted(outcome.replies, "reply", "replies")) "
                + "among \(outcome.replies + outcome.fillers)"
        ]
        if outcome.handedOn > 0 {
            lines.append("hands on \(counted(outcome.handedOn, "message"))")
        }
        if outcome.withdrawals > 0 {
            lines.append("takes back \(counted(outcome.withdrawals, "reply", "replies"))")
        }
        if outcome.piecesWanted > 0 {
            lines.append("asks for \(counted(outcome.piecesWanted, "piece")) of attachments")
        }
        lines.append(
            outcome.acknowledged == 0
                ? "confirms nothing to reporters yet"
                : "confirms the log up to entry \(outcome.acknowledged) to reporters"
        )
        return lines + AlarmLines.lines(outcome.alarms)
    }
}
