import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Brings a backup back as the store.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a backup back as the store; nothing that lies there is overwritten.",
        discussion: """
            log.key must lie in the folder already, and the newest high-water there is. A backup \
            that is older than high-water is behind it: then "recover" leads on.
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: ArgumentHelp("The backup, as backup wrote it.", valueName: "file"))
    var from: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let folder = data.folder
            let lock = try folder.lock()
            try folder.checkMade()
            let file = try PlainFile.contents(of: folder.logKey, most: DataFolder.longestFile)
            let report = try Store.restore(from: from, to: folder.store) {
                try LogKey(file: file, deployment: $0)
            }
            let next = next(report, folder, file)
            var copied = Copied(report)
            copied.behind = next.behind
            let line =
                "restored \"\(folder.store)\": log \(report.size), "
                + "closed through \(report.closedThrough.description), \(report.bytes) bytes"
            try output.say([line], copied)
            if let clause = next.clause { warn(clause) }
            withExtendedLifetime(lock) {}
        }
    }

    /// Reads the mark, which was not in the backup, and says what must come next.
    ///
    /// The store lies there already: a mark that cannot be used is told and is no failure.
    private func next(
        _ report: CopyReport,
        _ folder: DataFolder,
        _ key: [UInt8]
    ) -> (behind: UInt64?, clause: String?) {
        do {
            let logKey = try LogKey(file: key, deployment: report.deployment)
            let signed = try folder.mark.read(logKey: logKey).checkpoint.size
            guard signed > report.size else { return (nil, nil) }
            let error = StoreError.behindHighWaterMark(has: report.size, signed: signed)
            let way = "intake-server recover takes the leaves of a desk"
            return (signed, "\(error.clause): \(way)")
        } catch let refusal as any Refusal {
            return (nil, refusal.clause)
        } catch {
            return (nil, StoreError.noHighWaterMark.clause)
        }
    }
}
