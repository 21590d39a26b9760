import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Installs a signed directory.
struct DirectoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Install a directory that the roots signed; it is served at once."
    )

    @OptionGroup var data: DataOptions

    @Argument(help: "The signed note.")
    var file: String

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let folder = data.folder
            let bytes = try PlainFile.contents(of: file, most: DataFolder.longestFile)
            let (store, logKey) = try folder.open(directory: bytes)
            guard let roots = try folder.readRoots() else {
                throw CommandError("no roots in \"\(folder.name)\", init must be given --roots")
            }
            try PlainFile.check(folder.directory)
            let installed = try store.install(
                directory: bytes,
                roots: roots,
                logKey: logKey.verifierKey,
                promiseKey: try folder.readPromiseKey(deployment: store.deployment)?.verifierKey,
                today: Clock.today
            )
            try AfterwardsError.telling("directory \(installed.directory.serial) is installed") {
                try folder.keepDirectory(of: store)
                try store.close()
            }
            try output.say([Self.line(installed)], Installed(installed))
        }
    }

    private struct Installed: Encodable {
        let serial: UInt64
        let expires: String
        let organisations: [String]

        init(_ installed: InstalledDirectory) {
            serial = installed.directory.serial
            expires = installed.directory.expires.description
            organisations = installed.directory.organisations.map(\.id.description)
        }
    }

    private static func line(_ installed: InstalledDirectory) -> String {
        let directory = installed.directory
        return "installed directory \(directory.serial): "
            + "\(directory.organisations.count) organisations, "
            + "holds through \(directory.expires.description)"
    }
}
