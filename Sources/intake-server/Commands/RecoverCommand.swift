import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Takes the leaves that a desk wrote into a store that fell behind.
struct RecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Take the leaves of a desk into a store that was restored from an older copy.",
        discussion: """
            A desk writes them with "intake-admin export --leaves". What no desk has yet may stand \
            in the public files of the log, fetched before the store was lost: --public FOLDER.
            """
    )

    @OptionGroup var data: DataOptions

    @Argument(help: "The leaves of a desk.")
    var file: String?

    @Option(
        name: .customLong("public"),
        help: "A folder with log/checkpoint and log/YYYY-MM, as anybody may fetch them."
    )
    var publicFolder: String?

    @Option(
        name: .customLong("directory"),
        help: "A signed directory that the leaves name and that is older than the one in force."
    )
    var directories: [String] = []

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (file == nil) != (publicFolder == nil) else {
            throw ValidationError("give the leaves of a desk, or --public FOLDER")
        }
    }

    func run() async throws {
        try await reporting {
            let folder = data.folder
            let (store, logKey) = try folder.open()
            let report = try recover(folder, store, logKey)
            try store.close()
            try output.say(report.lines, Recovered(report))
            for alarm in report.alarms { warn(alarm) }
        }
    }

    private func recover(
        _ folder: DataFolder,
        _ store: Store,
        _ logKey: LogKey
    ) throws -> RecoveryReport {
        let directories = try notes(folder, deployment: store.deployment)
        if let file {
            return try store.recover(
                leaves: { try FileSource(path: file) },
                directories: directories,
                today: Clock.today,
                logKey: logKey,
                mark: folder.mark
            )
        }
        let log = FetchedLog(publicFolder ?? "")
        return try store.recover(
            checkpoints: try log.checkpoints(),
            months: try log.months(),
            directories: directories,
            today: Clock.today,
            logKey: logKey,
            mark: folder.mark
        )
    }

    private func notes(_ folder: DataFolder, deployment: [UInt8]) throws -> [VerifiedDirectory] {
        guard !directories.isEmpty else { return [] }
        guard let roots = try folder.readRoots() else {
            throw CommandError("no roots in \"\(folder.name)\", init must be given --roots")
        }
        return try directories.map { path in
            let bytes = try PlainFile.contents(of: path, most: DataFolder.longestFile)
            let note = try SignedNote(bytes: bytes)
            return try VerifiedDirectory(note: note, roots: roots, deployment: deployment)
        }
    }

    private struct Recovered: Encodable {
        let leaves: UInt64
        let closes: Int
        let size: UInt64
        let moved: Int
        let dropped: Int
        let spoiled: [UInt64]
        let lostEnvelopes: Int
        let lostReplies: Int
        let behind: UInt64?
        let bundle: ImportCommand.Taken?

        enum CodingKeys: String, CodingKey {
            case leaves, closes, size, moved, dropped, spoiled, behind, bundle
            case lostEnvelopes = "lost"
            case lostReplies = "lost_replies"
        }

        init(_ report: RecoveryReport) {
            leaves = report.leaves
            closes = report.closes
            size = report.size
            moved = report.moved
            dropped = report.dropped
            spoiled = report.spoiled.map(\.index)
            lostEnvelopes = report.lostEnvelopes
            lostReplies = report.lostReplies
            behind = report.behind
            bundle = report.bundle.map(ImportCommand.Taken.init)
        }
    }
}

extension RecoveryReport {
    /// What the operator reads.
    var lines: [String] {
        let whole =
            leaves == 0
            ? "no leaf was missing: the log has \(size)"
            : "recovered \(leaves) leaves of \(closes) closes: the log has \(size)"
        let more = [
            (moved, "objects that waited belong to them"),
            (dropped, "objects that waited are dropped: their tag is taken by other bytes"),
            (lostEnvelopes, "envelopes are not here: their desk may have them already"),
            (lostReplies, "replies are not here: the leaves of their desk bring them"),
        ]
        return [whole] + more.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" } + (bundle?.lines ?? [])
    }

    /// What the operator must do something about.
    var alarms: [String] {
        let mark = behind.map { signed in
            "the store has \(size) leaves of \(signed) signed before: "
                + "the leaves of another desk are needed"
        }
        return spoiled.map(\.warning) + [mark, bundle?.alarm].compactMap { $0 }
    }
}
