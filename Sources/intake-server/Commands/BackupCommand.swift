import ArgumentParser
import IntakeStore
import SealedIntake

/// Writes a whole copy of the store while it is used.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a whole, verified copy of the store; a server may run meanwhile.",
        discussion: """
            The copy holds ciphertext only and no key: log.key, promise.key and high-water are \
            kept apart.

              intake-server backup --data /var/lib/intake --to /backup/intake-2026-12-01.sqlite
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: ArgumentHelp("The file to write, under a new name.", valueName: "file"))
    var to: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let (store, logKey) = try data.folder.open()
            let report = try store.backup(to: to, logKey: logKey)
            try store.close()
            let line =
                "wrote \"\(to)\", whole and verified: log \(report.size), "
                + "closed through \(report.closedThrough.description), \(report.bytes) bytes"
            try output.say([line], Copied(report))
        }
    }
}

/// What a copy holds, for programs.
struct Copied: Encodable {
    let size: UInt64
    let closedThrough: String
    let bytes: UInt64
    /// The size signed before, where the copy is behind it.
    var behind: UInt64?

    enum CodingKeys: String, CodingKey {
        case size, bytes, behind
        case closedThrough = "closed_through"
    }

    init(_ report: CopyReport) {
        size = report.size
        closedThrough = report.closedThrough.description
        bytes = report.bytes
    }
}
