/// What a command does with the vault.
public enum VaultAccess: Sendable {
    /// Reads; beside other readers.
    case reading
    /// Writes; alone.
    case writing
    /// Works on a file that has no name yet: alone, and nothing lies beside it.
    case unnamed
}
