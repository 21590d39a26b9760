import SealedIntake

/// The desk's journal as it was read and verified.
public struct Journal: Equatable, Sendable {
    /// What was done and seen, in order.
    public let entries: [JournalEntry]
    /// The SHA-256 of the last entry, which holds that of the one before, and so on: who wrote it
    /// down elsewhere would see that any entry was changed since.
    public let head: Digest
}

extension Desk {
    /// The journal, each entry held to the one before.
    /// - Throws: ``VaultError/brokenJournal(row:)``.
    public func journal() throws -> Journal {
        try vault.read { cells in
            let (entries, head) = try cells.journal()
            return Journal(entries: entries, head: head)
        }
    }
}
