import ArgumentParser
import IntakeDesk
import SealedIntake

/// Which vault, and its passphrase.
struct VaultOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The desk's encrypted file.", valueName: "file"))
    var vault: String

    @OptionGroup var secret: PassphraseOptions

    /// The passphrase: from the file, or asked for without echo, twice for a new vault.
    func passphrase(isNew: Bool = false) throws -> SecretBytes {
        try Desk.check(vault: vault, isNew: isNew)
        return try secret.passphrase(of: .vault, isNew: isNew)
    }

    /// Opens the vault.
    func open(_ access: VaultAccess) throws -> Desk {
        try open(access, passphrase: passphrase())
    }

    /// Opens the vault with a passphrase asked for before.
    func open(
        _ access: VaultAccess,
        passphrase: borrowing SecretBytes
    ) throws -> Desk {
        try Desk.open(vault: vault, passphrase: passphrase, access: access)
    }
}
