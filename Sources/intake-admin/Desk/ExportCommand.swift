import ArgumentParser
import IntakeConsole
import IntakeDesk

/// `export` writes the bundle for the server.
struct ExportCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the out-bundle: replies, acknowledgement, cosigned checkpoint.",
        discussion: """
            Replies go along until the log has them, so a lost stick loses nothing: export again. \
            Fillers that nobody can open hide how many replies there are.

              intake-admin export --vault desk.vault --out /media/stick/out.bundle

            When the server was put back from an old copy, the operator asks for its leaves: with \
            --leaves the file also holds all entries of the log that this desk has, for \
            intake-server recover.
            """
    )

    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("Where the bundle goes.", valueName: "file"))
    var out: String

    @Flag(help: "Write the log's leaves too, for a server that lost some.")
    var leaves = false

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let replies: Int
        let fillers: Int
        let transferred: Int
        let piecesWanted: Int
        let withdrawals: Int
        let have: UInt64
        let acknowledged: UInt64
        let alarms: [String]
        var leaves: Leaves?

        private enum CodingKeys: String, CodingKey {
            case replies
            case fillers
            case transferred
            case piecesWanted = "pieces_wanted"
            case withdrawals
            case have
            case acknowledged
            case alarms
            case leaves
        }
    }

    /// Which entries of the log the file has.
    private struct Leaves: Encodable {
        let from: UInt64
        let to: UInt64
    }

    func perform() throws {
        let desk = try vault.open(.writing)
        guard leaves else {
            let outcome = try desk.export(to: out, today: Clock.today)
            return output.show(printed(outcome), lines(outcome))
        }
        let written = try desk.exportLeaves(to: out, today: Clock.today)
        var value = printed(written.export)
        value.leaves = Leaves(from: written.from, to: written.to)
        output.show(
            value,
            ["leaves \(written.from) to \(written.to) of the log, for intake-server recover"]
                + lines(written.export)
        )
    }

    private func printed(_ outcome: ExportOutcome) -> Printed {
        Printed(
            replies: outcome.replies,
            fillers: outcome.fillers,
            transferred: outcome.transferred,
            piecesWanted: outcome.piecesWanted,
            withdrawals: outcome.withdrawals,
            have: outcome.have,
            acknowledged: outcome.acknowledged,
            alarms: outcome.alarms.map(\.text)
        )
    }

    private func lines(_ outcome: ExportOutcome) -> [String] {
        var lines = [
            "written: \(counted(outcome.replies, "reply", "replies")) "
                + "among \(outcome.replies + outcome.fillers)"
        ]
        if outcome.transferred > 0 {
            lines.append("transfers \(counted(outcome.transferred, "message"))")
        }
        if outcome.withdrawals > 0 {
            lines.append("withdraws \(counted(outcome.withdrawals, "reply", "replies"))")
        }
        if outcome.piecesWanted > 0 {
            lines.append("asks for \(counted(outcome.piecesWanted, "piece")) of attachments")
        }
        lines.append(
            outcome.acknowledged == 0
                ? "confirms nothing to reporters yet"
                : "confirms the log up to leaf \(outcome.acknowledged) to reporters"
        )
        return lines + AlarmLines.lines(outcome.alarms)
    }
}
