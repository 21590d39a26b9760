import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Says whether a server takes reports and whether they reach the desks, and what to do.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say whether reports are taken and reach the desks, and what to do.",
        discussion: """
            Looks at the folder, also while a server runs. Exit status 1 where reports are \
            refused or do not arrive: a timer can call it.
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: "How many MiB must stay free on the disk, as for serve.")
    var leastFree: UInt64 = 1024

    @OptionGroup var output: OutputOptions

    func validate() throws { try LeastFree.validate(leastFree) }

    func run() async throws {
        let isFailing = try await reporting {
            let folder = data.folder
            let (store, logKey) = try folder.open()
            let examination = Examination(
                store: store,
                logKey: logKey,
                promiseKey: try folder.readPromiseKey(deployment: store.deployment),
                mark: folder.mark,
                roots: try folder.readRoots(),
                tree: try Self.tree(folder),
                leastFreeBytes: leastFree << 20
            )
            let findings = examination.findings(at: Clock.seconds)
            let (open, size) = (try store.oldestOpenDay(), store.publication.size)
            try store.close()
            try output.say(Self.lines(findings, open, size), findings.map(Row.init))
            return findings.contains(where: \.isFailing)
        }
        if isFailing { throw ExitCode.failure }
    }

    /// SHA-256 of the tree, whose texts lie beside it as it names them; nil without a tree.
    private static func tree(_ folder: DataFolder) throws -> Digest? {
        guard try PlainFile.exists(folder.tree) else { return nil }
        return Digest(of: try TreeFiles(at: folder.tree).bytes)
    }

    private static func lines(_ findings: [Finding], _ open: Day, _ size: UInt64) -> [String] {
        let head = "closed through \(open.previous.description), \(size) leaves"
        guard !findings.isEmpty else { return [head, "all is well"] }
        return [head] + findings.map { ($0.isFailing ? "FAILING " : "warning ") + $0.line }
    }

    private struct Row: Encodable {
        let word: String
        let failing: Bool
        let clause: String
        let advice: String

        init(_ finding: Finding) {
            word = finding.word.rawValue
            failing = finding.isFailing
            clause = finding.clause
            advice = finding.advice
        }
    }
}
