import SealedIntake

extension Desk {
    /// Remembers what a bundle carries, so that the log can be held to it.
    ///
    /// What the log has already and goes along for a server that fell behind is not waited for.
    func noteSent(
        _ rows: [OutRow],
        acknowledging size: UInt64,
        held: HeldLog,
        today: Day,
        in cells: VaultCells
    ) throws {
        let seen = try loggedTags(in: cells)
        let waiting = rows.filter { $0.kind == .withdrawal || !seen.contains($0.tag) }
        try cells.note(
            sent: waiting,
            acknowledging: size,
            today: today
        )
        try SentBook(reading: cells, organisation: organisation, held: held).keep(in: cells)
    }

    /// Writes into the journal that a file was written.
    func note(
        _ bytes: [UInt8],
        _ outcome: ExportOutcome,
        as kind: JournalEntry.Kind,
        today: Day
    ) throws {
        let entry = JournalEntry(
            kind,
            today,
            numbers: [UInt64(outcome.rows), outcome.acknowledged, outcome.have],
            digest: Digest(of: bytes)
        )
        try vault.write { cells in try cells.note(entry) }
    }

    /// Holds the new leaves of a bundle to what was sent.
    func watchSent(
        _ inspected: InspectedBundle,
        today: Day,
        in cells: VaultCells
    ) throws {
        let held = inspected.held
        var book = try SentBook(reading: cells, organisation: organisation, held: held)
        let bundle = inspected.verified.bundle
        for (index, leaf) in bundle.run.indexed
        where !held.hasBegun || index >= held.run.end {
            for withheld in book.see(leaf, at: index) {
                let alarm = AlarmRecord(
                    kind: .sentWithheld,
                    index: withheld.index,
                    found: UInt64(withheld.count),
                    before: withheld.size,
                    noted: today
                )
                _ = try cells.append(alarm)
            }
        }
        try book.keep(in: cells)
    }

    /// The tags of replies and transfers that were seen in the log.
    private func loggedTags(in cells: VaultCells) throws -> Set<Tag> {
        let replies = try cells.records(ReplyRecord.self).filter { $0.record.sighting != nil }
        let transfers = try cells.records(TransferRecord.self).filter { $0.record.sighting != nil }
        return Set(replies.map(\.record.tag) + transfers.map(\.record.tag))
    }
}
