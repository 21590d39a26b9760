import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Verifies the whole store.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify the whole store: every leaf, root, signature, object hash and size."
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let folder = data.folder
            let (store, logKey) = try folder.open()
            let report = try store.check(
                logKey: logKey,
                roots: try folder.readRoots(),
                mark: folder.mark
            )
            let clock = store.reckoning(at: Clock.seconds).errors
            try store.close()
            for error in clock {
                warn([error.clause, error.hint].compactMap(\.self).joined(separator: "; "))
            }
            let line =
                "the store holds: \(report.leaves) leaves, \(report.checkpoints) checkpoints, "
                + "\(report.objects) objects, \(report.waiting) waiting"
            let loss =
                "\(report.lost) objects are lost: they went with an older copy of the store, "
                + "or before a close"
            try output.say(report.lost > 0 ? [line, loss] : [line], Checked(report))
        }
    }

    private struct Checked: Encodable {
        let leaves: Int
        let checkpoints: Int
        let objects: Int
        let waiting: Int
        let lost: Int

        init(_ report: CheckReport) {
            leaves = report.leaves
            checkpoints = report.checkpoints
            objects = report.objects
            waiting = report.waiting
            lost = report.lost
        }
    }
}
