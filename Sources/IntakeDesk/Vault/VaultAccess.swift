/// What a command does with the vault.
public enum VaultAccess: Sendable {
    /// Reads; beside other readers.
    case reading
    /// Writes; alone.
    case writing
}
