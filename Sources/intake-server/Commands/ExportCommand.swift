import ArgumentParser
import IntakeStore
import SealedIntake

/// Writes the bundle that a courier takes to a desk.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the in-bundle for a desk, from where it stands to the newest checkpoint."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "The organisation whose desk it is for.")
    var organisation: String

    @Option(help: "The file to write.")
    var out: String

    @Option(help: "The first leaf; what the desk said it has where it is left out.")
    var from: UInt64?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let (store, logKey) = try data.folder.open()
            guard let id = OrganisationID(ascii: [UInt8](organisation.utf8)) else {
                throw StoreError.unknownOrganisation(organisation)
            }
            let report = try store.export(for: id, from: from, to: out, logKey: logKey)
            try store.close()
            try output.say(lines(report), Written(report))
        }
    }

    private struct Written: Encodable {
        let from: UInt64
        let to: UInt64
        let objects: Int
        let missing: Int
        let bytes: UInt64

        init(_ report: ExportReport) {
            from = report.from
            to = report.to
            objects = report.objects
            missing = report.missing
            bytes = report.bytes
        }
    }

    private func lines(_ report: ExportReport) -> [String] {
        let whole =
            "wrote \"\(out)\" for \(organisation): log \(report.from) to \(report.to), "
            + "\(report.objects) objects, \(report.bytes) bytes"
        guard report.missing > 0 else { return [whole] }
        return [whole, "\(report.missing) objects of its own are not held here any more"]
    }
}
