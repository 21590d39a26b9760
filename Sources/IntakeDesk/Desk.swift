import SealedIntake

/// The desk: an organisation's vault and everything done with it.
///
/// ```text
/// stick in → take → threads, thread → reply → export → stick out
/// ```
/// Clock and files come in as arguments; there is no network here.
public final class Desk {
    /// What a command does with the vault.
    public enum Access: Sendable {
        /// Reads; beside other readers.
        case reading
        /// Writes; alone.
        case writing
    }

    let vault: Vault
    let identity: DeskIdentity

    init(vault: Vault) throws(DeskError) {
        self.vault = vault
        identity = try vault.read { cells throws(DeskError) in
            try DeskIdentity(reading: cells)
        }
    }

    /// Opens the vault of a desk.
    /// - Throws: ``DeskError/vault(_:)``.
    public static func open(
        vault path: String,
        passphrase: borrowing SecretBytes,
        access: Access
    ) throws(DeskError) -> Desk {
        try Desk(
            vault: Vault.open(
                at: path,
                passphrase: passphrase,
                access: access
            )
        )
    }

    /// Refuses the name of a vault before anybody types a passphrase for it: a new one must not be
    /// there yet, another must.
    /// - Throws: ``VaultFault/exists(path:)``, ``VaultFault/missing(path:)``.
    public static func check(vault path: String, isNew: Bool) throws(DeskError) {
        if isNew { try Vault.checkIsNew(path) } else { try Vault.checkIsThere(path) }
    }

    /// The organisation this desk belongs to.
    public var organisation: OrganisationID { identity.organisation }
}
