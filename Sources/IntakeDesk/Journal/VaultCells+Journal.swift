import SealedIntake

extension VaultCells {
    /// Writes an entry into the journal, chained to the last.
    func note(_ entry: JournalEntry) throws {
        let last = try lastRow(of: .journal)
        let previous =
            last == 0
            ? JournalRecord.beginning : Digest(of: try cell(.journal, row: last, .record))
        _ = try append(JournalRecord(entry, after: previous))
    }

    /// All entries in order, with the digest the next one will be chained to.
    /// - Throws: ``VaultError/brokenJournal(row:)`` at the first that does not follow the one
    ///   before.
    func journal() throws -> (entries: [JournalEntry], head: Digest) {
        var head = JournalRecord.beginning
        var entries: [JournalEntry] = []
        for (row, record) in try records(JournalRecord.self) {
            guard record.previous == head else { throw VaultError.brokenJournal(row: row) }
            head = record.digest
            entries.append(record.entry)
        }
        return (entries, head)
    }
}
