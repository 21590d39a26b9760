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
                tree: try? folder.contents(of: folder.tree).map { Digest(of: $0) },
                leastFreeBytes: leastFree << 20
            )
            var findings = examination.findings(at: Clock.seconds)
            if let fault = Self.treeFault(folder) {
                findings.removeAll { $0.word == fault.word }
                findings.append(fault)
            }
            let (open, size) = (try store.oldestOpenDay(), store.publication.size)
            try store.close()
            try output.say(Self.lines(findings, open, size), findings.map(Row.init))
            return findings.contains(where: \.isFailing)
        }
        if isFailing { throw ExitCode.failure }
    }

    /// What is wrong with the tree's file or the texts beside it: with them a server does not start.
    private static func treeFault(_ folder: DataFolder) -> Finding? {
        do {
            _ = try folder.readTree()
            return nil
        } catch {
            let clause = (error as? any Refusal)?.clause ?? "the decision tree cannot be read"
            let advice = "put the tree of this directory and its texts into the folder"
            return Finding(.tree, clause, advice)
        }
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
