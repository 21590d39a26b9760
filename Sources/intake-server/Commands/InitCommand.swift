import ArgumentParser
import IntakeStore
import SealedIntake

/// Makes the store, the log key and the first checkpoint.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the store, log key and first checkpoint; print the log's vkey."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "The host name to which all keys are bound; cannot be changed later.")
    var deployment: String

    @Option(help: "The file of root vkeys and threshold; copied into the folder.")
    var roots: String?

    @Option(help: "The decision tree file; copied into the folder with the texts beside it.")
    var tree: String?

    @Option(help: "The folder of the built page; looked at, not copied.")
    var assets: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard Self.isHostName(deployment) else {
            throw ValidationError("\"\(deployment)\" is no host name, it must be like a.example")
        }
    }

    func run() async throws {
        try await reporting {
            let folder = data.folder
            guard !DurableFile.exists(folder.store), !DurableFile.exists(folder.logKey) else {
                throw StoreError.exists(folder.name)
            }
            let rootsFile = try roots.map(Self.checkedRoots)
            let treeFiles = try tree.map { try TreeFiles(at: $0) }
            if let assets { _ = try Assets(folder: assets) }
            let key = try make(folder, rootsFile, treeFiles)
            try output.say(["log \(key)"], Made(deployment: deployment, log: key))
        }
    }

    private struct Made: Encodable {
        let deployment: String
        let log: String
    }

    /// The store comes last: where it lies, everything lies.
    private func make(
        _ folder: DataFolder,
        _ rootsFile: [UInt8]?,
        _ treeFiles: TreeFiles?
    ) throws -> String {
        let name = [UInt8](deployment.utf8)
        let key = LogKey.random(deployment: name)
        try DurableFile.makeFolder(folder.name)
        for path in [folder.roots, folder.highWater] { try DurableFile.checkReplaceable(path) }
        try DurableFile.checkDatabase(folder.store)
        try treeFiles?.checkReplaceable(beside: folder.tree)
        if let rootsFile { try DurableFile.replace(folder.roots, with: rootsFile, mode: 0o644) }
        if let treeFiles { try treeFiles.write(beside: folder.tree) }
        try DurableFile.create(folder.logKey, with: key.file, mode: 0o600)
        let checkpoint = try Store.create(
            at: folder.store,
            deployment: name,
            logKey: key,
            today: Clock.today
        )
        try folder.mark.write(checkpoint)
        return String(decoding: key.verifierKey.text, as: UTF8.self)
    }

    private static func checkedRoots(_ path: String) throws -> [UInt8] {
        let file = try DurableFile.contents(of: path, limit: DataFolder.longestFile)
        _ = try Roots(bytes: file)
        return file
    }

    /// Labels of letters, digits and hyphens, parted by dots, at most 253 bytes.
    private static func isHostName(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                            || byte == 0x2D
                    }
            }
    }
}
