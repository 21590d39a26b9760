import ArgumentParser
import IntakeConsole
import SealedIntake

/// Where a passphrase comes from.
struct PassphraseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the passphrase from the first line of a file instead of asking for it.",
            valueName: "file"
        )
    )
    var passphraseFile: String?

    /// The passphrase: from the file, or asked for without echo, twice for something new.
    func passphrase(
        of subject: Passphrase.Subject,
        isNew: Bool = false
    ) throws -> SecretBytes {
        guard let passphraseFile else { return try Passphrase.ask(of: subject, isNew: isNew) }
        return try Passphrase.read(file: passphraseFile, isNew: isNew)
    }
}
