import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Makes the store, its two keys and the first checkpoint: all of it, or what the next `init` takes
/// away.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the store, its keys and first checkpoint; print the vkeys."
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
            guard Clock.today >= Clock.earliest else {
                let day = Clock.today.description
                throw CommandError("the clock says \(day), it must be set right first")
            }
            let folder = data.folder
            let isBegun = try folder.contents(of: folder.begun) != nil
            let kept = [folder.store, folder.logKey, folder.promiseKey]
            guard try isBegun || !kept.contains(where: PlainFile.exists) else {
                throw StoreError.exists(folder.name)
            }
            let rootsFile = try roots.map(Self.checkedRoots)
            let treeFiles = try tree.map { try TreeFiles(at: $0) }
            if let assets { _ = try Assets(folder: assets) }
            let made = try make(folder, rootsFile, treeFiles)
            try output.say(["log \(made.log)", "promise \(made.promise)"], made)
        }
    }

    private struct Made: Encodable {
        let deployment: String
        let log: String
        let promise: String
    }

    /// While it works, or after it was cut off, `init.begun` lies there: no other command works in
    /// such a folder, so that nothing in it is anybody's yet.
    private func make(
        _ folder: DataFolder,
        _ rootsFile: [UInt8]?,
        _ treeFiles: TreeFiles?
    ) throws -> Made {
        let name = [UInt8](deployment.utf8)
        let key = LogKey.random(deployment: name)
        let promiseKey = PromiseKey.random(deployment: name)
        try PlainFile.makeFolder(folder.name)
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        for path in [folder.roots, folder.highWater] { try PlainFile.check(path) }
        try PlainFile.checkDatabase(folder.store)
        try treeFiles?.checkReplaceable(beside: folder.tree)
        try begin(folder)
        if let rootsFile { try PlainFile.replace(folder.roots, with: rootsFile, mode: 0o644) }
        if let treeFiles { try treeFiles.write(beside: folder.tree) }
        try PageOrigin(serial: 0, day: Clock.today).write(in: folder)
        try PlainFile.create(folder.logKey, with: key.file, mode: 0o600)
        try PlainFile.create(folder.promiseKey, with: promiseKey.file, mode: 0o600)
        let checkpoint = try Store.create(
            at: folder.store,
            deployment: name,
            logKey: key,
            today: Clock.today
        )
        try folder.mark.write(checkpoint)
        try PlainFile.remove(folder.begun)
        return Made(
            deployment: deployment,
            log: String(utf8: key.verifierKey.text),
            promise: String(utf8: promiseKey.verifierKey.text)
        )
    }

    /// Says that it begins, or takes away what one that was cut off left.
    private func begin(_ folder: DataFolder) throws {
        guard try folder.contents(of: folder.begun) != nil else {
            return try PlainFile.create(folder.begun, with: [UInt8]("init\n".utf8))
        }
        let store = ["", "-wal", "-shm", "-journal"].map { folder.store + $0 }
        for path in store + [folder.logKey, folder.promiseKey, folder.highWater]
        where try PlainFile.exists(path) {
            try PlainFile.check(path)
            try PlainFile.remove(path)
        }
    }

    private static func checkedRoots(_ path: String) throws -> [UInt8] {
        let file = try PlainFile.lines(of: path, most: DataFolder.longestFile)
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
