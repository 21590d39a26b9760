import ArgumentParser
import IntakeStore
import SealedIntake

/// Writes the bundle that a courier takes to a desk.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the in-bundle for a desk, from where it stands to the newest checkpoint.",
        discussion: """
            Beside it go the decision tree and its texts, where there are some: with them the desk \
            shows answers in words, and routes.
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: "The organisation whose desk it is for.")
    var organisation: String

    @Option(help: "The file to write.")
    var out: String

    @Option(help: "The first leaf; what the desk said it has where it is left out.")
    var from: UInt64?

    @Option(help: "How many MiB the file may have; what is left goes into the next.")
    var most: UInt64 = 4095

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1 << 40).contains(most) else {
            throw ValidationError("a file of \(most) MiB is none, it must have at least 1")
        }
    }

    func run() async throws {
        try await reporting {
            let (store, logKey) = try data.folder.open()
            guard let id = OrganisationID(ascii: [UInt8](organisation.utf8)) else {
                throw StoreError.unknownOrganisation(organisation)
            }
            let report = try store.export(
                for: id,
                from: from,
                most: most << 20,
                to: out,
                logKey: logKey
            )
            let named = store.publication.directory?.directory.treeDigest
            try store.close()
            let tree = writeTree(named: named)
            try output.say(lines(report, tree), Written(report, tree))
        }
    }

    /// Writes the decision tree beside the bundle.
    ///
    /// The bundle is what matters: a tree that cannot go along is said, and the exit status stays 0.
    private func writeTree(named digest: Digest?) -> TreeFiles? {
        do {
            guard let files = try data.folder.readTree() else { return nil }
            guard files.tree.digest == digest else {
                throw CommandError("it is not the one that the directory names")
            }
            try files.write(beside: out)
            return files
        } catch {
            warn("no decision tree goes along: \((error as? any Refusal)?.clause ?? "\(error)")")
            return nil
        }
    }

    private struct Written: Encodable {
        let from: UInt64
        let to: UInt64
        let left: UInt64
        let objects: Int
        let missing: Int
        let damaged: [UInt64]
        let bytes: UInt64
        let tree: String?

        init(_ report: ExportReport, _ files: TreeFiles?) {
            from = report.from
            to = report.to
            left = report.left
            objects = report.objects
            missing = report.missing
            damaged = report.damaged
            bytes = report.bytes
            tree = files.map { String(utf8: $0.tree.digest.hex) }
        }
    }

    private func lines(_ report: ExportReport, _ files: TreeFiles?) -> [String] {
        let whole =
            "wrote \"\(out)\" for \(organisation): log \(report.from) to \(report.to), "
            + "\(report.objects) objects, \(report.bytes) bytes"
        var lines = [whole]
        if report.left > 0 {
            lines.append(
                "\(report.left) leaves are left for the next file: export with --from \(report.to), "
                    + "and let the desk import all before it believes an alarm about others"
            )
        }
        if report.missing > 0 {
            lines.append("\(report.missing) objects of its own are not held here any more")
        }
        if !report.damaged.isEmpty {
            let leaves = report.damaged.map(String.init).joined(separator: ", ")
            lines.append("of them something else lies on the disk than what came: leaf \(leaves)")
        }
        if let files {
            let languages = files.texts.map(\.language).joined(separator: ", ")
            lines.append("beside it lies the decision tree with its texts in \(languages)")
        }
        return lines
    }
}
