import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Makes the key that signs promises next, and lets it sign once the directory lists it.
struct PromiseKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promise-key",
        abstract: "Make a new promise key, or sign promises with it from now on.",
        discussion: """
            First without --use: the new key is made beside the old one and its line for the \
            directory is printed. When a directory that lists both is installed: with --use. Then \
            start serve anew.
            """
    )

    @OptionGroup var data: DataOptions

    @Flag(help: "Sign with the new key from now on; the directory must list it.")
    var use = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let folder = data.folder
            let (store, _) = try folder.open()
            let vkey = use ? try take(folder, store) : try make(folder, store)
            try store.close()
            let line = "promise \(String(utf8: vkey.text))"
            try output.say(use ? ["signing with \(line)"] : [line], Said(promise: line, used: use))
        }
    }

    private struct Said: Encodable {
        let promise: String
        let used: Bool
    }

    /// The same key when it is asked for again, because its line may stand in a directory already.
    ///
    /// Where there is none at all it is the one that signs.
    private func make(_ folder: DataFolder, _ store: Store) throws -> VerifierKey {
        if let known = try folder.readNextPromiseKey(deployment: store.deployment) {
            return known.verifierKey
        }
        let key = PromiseKey.random(deployment: store.deployment)
        let hasOne = try PlainFile.exists(folder.promiseKey)
        let path = hasOne ? folder.nextPromiseKey : folder.promiseKey
        try PlainFile.create(path, with: key.file, mode: 0o600)
        return key.verifierKey
    }

    /// May be killed at any moment and run again.
    private func take(_ folder: DataFolder, _ store: Store) throws -> VerifierKey {
        guard let next = try folder.readNextPromiseKey(deployment: store.deployment) else {
            throw CommandError("no new promise key lies here, it must be made first without --use")
        }
        let listed = store.publication.directory?.directory.promiseKeys ?? []
        guard listed.contains(next.verifierKey) else { throw StoreError.promiseKeyNotListed }
        let current = try folder.readPromiseKey(deployment: store.deployment)
        let successor = current.map(next.succeeding) ?? next
        try PlainFile.replace(folder.promiseKey, with: successor.file)
        try AfterwardsError.telling("the new promise key signs from now on") {
            try PlainFile.remove(folder.nextPromiseKey)
        }
        return successor.verifierKey
    }
}
