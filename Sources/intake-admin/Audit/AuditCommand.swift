import ArgumentParser
import Foundation
import IntakeAudit
import IntakeConsole
import SealedIntake

/// `audit` verifies public files that anybody can fetch, or the proof of a contradiction.
struct AuditCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Verifies months of public files, or a file that proves a contradiction.",
        discussion: """
            A folder holds what a deployment serves, under the names of the addresses:
            directory, log/checkpoint, log/YYYY-MM and drop/0 …; older copies as \
            directory-2026-10-01 and log/checkpoint-2026-10-01. docs/audit.md fetches it with curl.

              intake-admin audit --roots roots public/

            Exit status 1 on the first lie, with the entry at which it shows. A file is taken for \
            a proof that one log signed two histories; exit status 0 when it is one.

              intake-admin audit --log VKEY proof.sip
              intake-admin audit --roots roots --directory directory.note proof.sip
            """
    )

    @Option(help: ArgumentHelp("A roots file; may be given several times.", valueName: "file"))
    var roots: [String] = []

    @Option(help: ArgumentHelp("For a proof: the log's key.", valueName: "vkey"))
    var log: String?

    @Option(help: ArgumentHelp("For a proof: a directory note with the key.", valueName: "note"))
    var directory: String?

    @Option(help: ArgumentHelp("Where to write a proof, should one be found.", valueName: "file"))
    var proof: String?

    @Argument(help: "The folder, or the proof file.")
    var path: String

    @OptionGroup var output: OutputOptions

    private var isFolder: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    private var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    func validate() throws {
        guard isThere else { return }
        guard isFolder else {
            let hasDirectory = directory != nil && roots.count == 1
            guard (log != nil) != hasDirectory, proof == nil else {
                throw ValidationError("a proof is verified under --log, or --roots and --directory")
            }
            return
        }
        guard log == nil, directory == nil else {
            throw ValidationError("--log and --directory are for a proof, not for a folder")
        }
    }

    func perform() throws {
        guard isThere else {
            throw FileError.unreadable(path: path, reason: "no such file or folder")
        }
        guard isFolder else { return try showProof() }
        let report = try Audit(folder: path, roots: roots).run(today: Clock.today, proof: proof)
        output.show(PrintedAudit(report), AuditPage(report).lines(width: Terminal.width))
    }

    private struct PrintedProof: Encodable {
        let deployment: String
        let olderSize: UInt64
        let newerSize: UInt64
        let olderRoot: String
        let otherRoot: String

        enum CodingKeys: String, CodingKey {
            case deployment
            case olderSize = "older_size"
            case newerSize = "newer_size"
            case olderRoot = "older_root"
            case otherRoot = "other_root"
        }
    }

    private func showProof() throws {
        let trust: ShownContradiction.Trust
        if let log {
            trust = .log(log)
        } else {
            trust = .directory(note: directory ?? "", roots: roots.first ?? "")
        }
        let shown = try ShownContradiction(file: path, trust: trust)
        let deployment = Printable.line(shown.deployment)
        let size = shown.older.size
        output.show(
            PrintedProof(
                deployment: deployment,
                olderSize: size,
                newerSize: shown.newer.size,
                olderRoot: String(utf8: shown.older.root.hex),
                otherRoot: String(utf8: shown.otherRoot.hex)
            ),
            [
                "\(deployment) signed two histories: both signatures hold, both cannot be true",
                "the first \(size) leaves, by the checkpoint of \(size):",
                "  \(String(utf8: shown.older.root.hex))",
                "the first \(size) leaves, by the checkpoint of \(shown.newer.size):",
                "  \(String(utf8: shown.otherRoot.hex))",
            ]
        )
    }
}
