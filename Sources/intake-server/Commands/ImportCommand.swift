import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Takes the bundle that a courier brought from a desk.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take an out-bundle of a desk: all of it or nothing."
    )

    @OptionGroup var data: DataOptions

    @Argument(help: "The bundle.")
    var file: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let (store, _) = try data.folder.open()
            let report = try store.take { try FileSource(path: file) }
            try store.close()
            try output.say(report.lines, Taken(report))
            if let alarm = report.alarm { warn(alarm) }
        }
    }

    /// The report as JSON.
    struct Taken: Encodable {
        let organisation: String
        let have: UInt64
        let acknowledged: UInt64
        let newReplies: Int
        let knownReplies: Int
        let conflictingReplies: Int
        let transfers: Int
        let withdrawals: Int
        let wanted: Int
        let restored: Int
        let waiting: Int
        let left: Int
        let skippedRows: Int
        let ahead: UInt64?

        enum CodingKeys: String, CodingKey {
            case organisation, have, acknowledged, transfers, withdrawals, wanted, restored, ahead
            case waiting, left
            case newReplies = "new"
            case knownReplies = "known"
            case conflictingReplies = "conflicting"
            case skippedRows = "skipped"
        }

        init(_ report: ImportReport) {
            organisation = report.organisation.description
            have = report.have
            acknowledged = report.acknowledged
            newReplies = report.newReplies
            knownReplies = report.knownReplies
            conflictingReplies = report.conflictingReplies
            transfers = report.newTransfers
            withdrawals = report.newWithdrawals
            wanted = report.wanted
            restored = report.restored
            waiting = report.waiting
            left = report.left
            skippedRows = report.skippedRows
            ahead = report.ahead
        }
    }
}

extension ImportReport {
    /// What the operator reads.
    var lines: [String] {
        let whole =
            "took the bundle of \(organisation): \(newReplies) new replies, "
            + "\(knownReplies) known, acknowledged up to \(acknowledged)"
        let brought = [
            (newTransfers, "transfers to other organisations"),
            (newWithdrawals, "replies to withdraw"),
            (wanted, "pieces asked for"),
            (restored, "objects that were lost are here again"),
            (waiting, "rows wait for a later close than the next: there are too many for one"),
            (left, "rows stay at the desk, too many wait here: its next bundle brings them again"),
        ]
        let skipped = [
            (conflictingReplies, "replies skipped: their tag is taken by other bytes"),
            (conflictingTransfers, "transfers skipped: their tag is taken by other bytes"),
            (unlistedTransfers, "transfers skipped: their organisation is not in the directory"),
            (unknownWithdrawals, "withdrawals skipped: their reply is not here"),
        ]
        return [whole] + (brought + skipped).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }

    /// What the operator must do something about.
    var alarm: String? {
        ahead.map { size in
            "the desk of \(organisation) knows a log of \(size) leaves: "
                + "no day is closed until the store is recovered"
        }
    }
}
