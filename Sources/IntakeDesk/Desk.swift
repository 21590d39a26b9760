import SealedIntake

/// The desk: an organisation's vault and everything done with it.
///
/// ```text
/// stick in → take → threads, thread → reply → export → stick out
/// ```
/// Clock and files come in as arguments; there is no network here.
public final class Desk {
    let vault: Vault
    let identity: DeskIdentity

    init(vault: Vault) throws {
        self.vault = vault
        identity = try vault.read { cells in
            try DeskIdentity(reading: cells)
        }
    }

    /// Opens the vault of a desk.
    /// - Throws: ``VaultError``.
    public static func open(
        vault path: String,
        passphrase: borrowing SecretBytes,
        access: VaultAccess
    ) throws -> Desk {
        try Desk(
            vault: Vault.open(
                at: path,
                passphrase: passphrase,
                access: access
            )
        )
    }

    /// How far the tables of a vault have come, for people who compare programs.
    public static var schema: Int { Int(VaultSchema.version) }

    /// Writes a whole copy of the vault under a new name; every cell was opened in it.
    /// - Throws: ``FileError``, ``VaultError``.
    public func copyVault(to path: String) throws { try vault.copy(to: path) }

    /// Brings a copy back as a vault, whole or not at all; nothing is overwritten.
    /// - Throws: ``FileError``, ``VaultError``.
    public static func restore(
        from copy: String,
        to path: String,
        passphrase: borrowing SecretBytes
    ) throws -> Desk {
        try Desk(vault: Vault.restore(from: copy, to: path, passphrase: passphrase))
    }

    /// Refuses the name of a vault before anybody types a passphrase for it: a new one must not be
    /// there yet, another must.
    /// - Throws: ``VaultError/exists(path:)``, ``VaultError/missing(path:)``.
    public static func check(vault path: String, isNew: Bool) throws {
        if isNew { try Vault.checkIsNew(path) } else { try Vault.checkIsThere(path) }
    }

    /// The organisation this desk belongs to.
    public var organisation: OrganisationID { identity.organisation }
}
