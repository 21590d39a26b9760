import SealedIntake

/// What this desk knew of the log before it looks at a stick.
struct KnownLog {
    /// The books of the vault, for the transaction that files the stick.
    let books: Books.Kept
    /// The leaves held.
    let held: HeldLog
    /// The directory believed, be it one that came with this stick.
    let trust: DirectoryTrust
    /// The newest checkpoint taken.
    let newest: SignedNote?

    /// Reads the books, and takes the directory that a person gave.
    /// - Throws: ``VaultError``, ``DirectoryError``.
    init(reading books: Books, _ options: ImportOptions) throws {
        held = try books.log()
        newest = try books.checkpoints().newest
        var trust = try books.trust()
        self.books = books.kept
        if let given = options.directory { try trust.take(given: given, today: options.today) }
        self.trust = trust
    }
}
