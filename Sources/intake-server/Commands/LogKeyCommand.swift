import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Makes the key that signs the log next, and lets it sign once the directory lists it.
struct LogKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-key",
        abstract: "Make a new log key, or sign with it from now on.",
        discussion: """
            First without --use: the new key is made beside the old one and its line for the \
            directory is printed. When a directory that lists both is installed and every desk \
            has it: with --use. Then start serve anew.
            """
    )

    @OptionGroup var data: DataOptions

    @Flag(help: "Sign with the new key from now on; the directory must list it.")
    var use = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let folder = data.folder
            let (store, current) = try folder.open()
            let vkey = use ? try take(folder, store, current) : try make(folder, store)
            try store.close()
            let line = "log \(String(utf8: vkey.text))"
            try output.say(use ? ["signing with \(line)"] : [line], Said(log: line, used: use))
        }
    }

    private struct Said: Encodable {
        let log: String
        let used: Bool
    }

    /// The same key when it is asked for again, because its line may stand in a directory already.
    private func make(_ folder: DataFolder, _ store: Store) throws -> VerifierKey {
        if let known = try folder.readNextLogKey(deployment: store.deployment) {
            return known.verifierKey
        }
        let key = LogKey.random(deployment: store.deployment)
        try PlainFile.create(folder.nextLogKey, with: key.file, mode: 0o600)
        return key.verifierKey
    }

    /// May be killed at any moment and run again.
    private func take(
        _ folder: DataFolder,
        _ store: Store,
        _ current: LogKey
    ) throws -> VerifierKey {
        guard let next = try folder.readNextLogKey(deployment: store.deployment) else {
            throw CommandError("no new log key lies here, it must be made first without --use")
        }
        let listed = store.publication.directory?.directory.logKeys ?? []
        guard listed.contains(next.verifierKey) else { throw StoreError.logKeyNotListed }
        let successor = next.succeeding(current)
        try store.check(successor)
        try PlainFile.replace(folder.logKey, with: successor.file)
        try AfterwardsError.telling("the new log key signs from now on") {
            try PlainFile.remove(folder.nextLogKey)
        }
        return successor.verifierKey
    }
}
