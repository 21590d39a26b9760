import ArgumentParser
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
            let report = try store.take { () throws(StoreError) in try FileSource(path: file) }
            try store.close()
            try output.say(Self.lines(report), Taken(report))
        }
    }

    private struct Taken: Encodable {
        let organisation: String
        let have: UInt64
        let acknowledged: UInt64
        let newReplies: Int
        let knownReplies: Int
        let conflictingReplies: Int
        let skippedRows: Int

        enum CodingKeys: String, CodingKey {
            case organisation, have, acknowledged
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
            skippedRows = report.skippedRows
        }
    }

    private static func lines(_ report: ImportReport) -> [String] {
        var lines = [
            "took the bundle of \(report.organisation): \(report.newReplies) new replies, "
                + "\(report.knownReplies) known, acknowledged up to \(report.acknowledged)"
        ]
        if report.conflictingReplies > 0 {
            lines.append(
                "\(report.conflictingReplies) replies skipped: their tag is taken by other bytes"
            )
        }
        if report.skippedRows > 0 {
            lines.append(
                "\(report.skippedRows) rows skipped: transfers, wanted pieces and withdrawals "
                    + "are not acted on yet"
            )
        }
        return lines
    }
}
