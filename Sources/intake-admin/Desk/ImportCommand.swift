import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `import` takes a bundle from the server.
struct ImportCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Verifies a bundle, opens what is inside, files it, and prints counts.",
        discussion: """
            The whole file is verified before anything in it is opened. A file that fails is \
            refused and nothing changes but the journal. What a reporter sent cannot stop it: what does not open \
            is kept and shown as unreadable.

            Exit status 0 when the bundle was taken, also with alarms: read them.

              intake-admin import --vault desk.vault /media/stick/in.bundle
              intake-admin import --vault desk.vault in.bundle --directory directory.note
            """
    )

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The file that intake-server export wrote.")
    var bundle: String

    @Option(
        help: ArgumentHelp(
            "The signed directory: for the first import, or for a newer one.",
            valueName: "note"
        )
    )
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "Accept that this desk begins at this leaf of the log and has nothing from before.",
            valueName: "number"
        )
    )
    var acceptStart: UInt64?

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let leaves: Int
        let messages: Int
        let unreadable: Int
        let takenAgain: Int
        let waiting: Int
        let waitingAt: [PrintedWaiting]
        let piecesMissing: Int
        let rewritten: Int
        let tree: String
        let treeFault: String?
        let alarms: [String]
        let cosigned: UInt64

        private enum CodingKeys: String, CodingKey {
            case leaves
            case messages
            case unreadable
            case takenAgain = "taken_again"
            case waiting
            case waitingAt = "waiting_at"
            case piecesMissing = "pieces_missing"
            case rewritten
            case tree
            case treeFault = "tree_fault"
            case alarms
            case cosigned
        }
    }

    func perform() throws {
        var options = ImportOptions(today: Clock.today)
        options.acceptedStart = acceptStart
        if let directory { options.directory = try PlainFile.contents(of: directory) }
        let desk = try vault.open(.writing)
        let progress = Progress()
        let outcome: ImportOutcome
        do {
            outcome = try desk.take(bundle: bundle, options: options, progress: progress.show)
        } catch {
            progress.end()
            throw error
        }
        progress.end()
        output.show(printed(outcome), lines(outcome))
    }

    private func printed(_ outcome: ImportOutcome) -> Printed {
        Printed(
            leaves: outcome.leaves,
            messages: outcome.messages,
            unreadable: outcome.unreadable,
            takenAgain: outcome.takenAgain,
            waiting: outcome.waiting,
            waitingAt: outcome.waitingElsewhere.map(PrintedWaiting.init),
            piecesMissing: outcome.piecesMissing,
            rewritten: outcome.rewritten,
            tree: TreeWord(outcome.tree).word,
            treeFault: outcome.tree.fault?.clause,
            alarms: outcome.alarms.map(\.text),
            cosigned: outcome.cosigned
        )
    }

    private func lines(_ outcome: ImportOutcome) -> [String] {
        var lines = [
            "taken: \(counted(outcome.messages, "message")), "
                + "\(outcome.unreadable) unreadable, "
                + "\(counted(outcome.leaves, "new leaf", "new leaves")) of the log"
        ]
        if outcome.takenAgain > 0 {
            lines.append("\(counted(outcome.takenAgain, "damaged cell")) came again and is whole")
        }
        if outcome.piecesMissing > 0 {
            lines.append(
                "\(counted(outcome.piecesMissing, "piece")) of attachments still to come"
            )
        }
        if outcome.rewritten > 0 {
            lines.append(
                "\(counted(outcome.rewritten, "reply", "replies")) written again under another "
                    + "number, for the next export"
            )
        }
        lines.append(
            outcome.cosigned == 0
                ? "confirmed to reporters: nothing yet"
                : "confirmed to reporters: the log up to leaf \(outcome.cosigned)"
        )
        if let news = outcome.tree.line { lines += TextWrap.lines(news, width: Terminal.width) }
        for waiting in outcome.waitingElsewhere {
            lines += TextWrap.lines(waiting.text, width: Terminal.width)
        }
        return lines + AlarmLines.lines(outcome.alarms)
    }
}
