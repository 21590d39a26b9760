import SealedIntake

/// Which leaves go: those of months of which thirteen whole months have passed, as everywhere.
///
/// Only from the beginning of the log, only what this desk cosigned, and never past an entry whose
/// object may still come. Threads, messages and the journal stay.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
struct Erasure {
    /// The first entry that stays.
    let end: UInt64

    /// Looks for the last month that can go, by the newest day of the log or, where a log runs
    /// ahead of it, by today; nil where none can.
    init?(of log: HeldLog, open missing: [UInt64], cosigned: UInt64, today: Day) {
        guard log.isAccepted, let newest = log.run.newestDay else { return nil }
        let last = Keeping.lastOver(in: min(newest, today).month)
        let limit = min(cosigned, missing.min() ?? .max)
        // A month goes whole or not at all: it ends where a day of another has ended.
        var found: UInt64?
        var dayEnd: (end: UInt64, month: Month)?
        for (index, leaf) in log.run.indexed {
            guard let month = leaf.day?.month else { continue }
            if let dayEnd, dayEnd.month != month { found = dayEnd.end }
            guard month <= last, index < limit else { break }
            dayEnd = (index + 1, month)
        }
        guard let found else { return nil }
        end = found
    }

    /// Erases in the vault.
    func erase(in cells: VaultCells, today: Day) throws {
        var start: MerkleTree?
        for (row, record) in try cells.records(LeavesRecord.self) {
            let run = record.run
            guard !run.leaves.isEmpty, run.first < end,
                let kept = run.part(from: min(end, run.end), to: run.end)
            else { continue }
            if kept.first == end { start = kept.before }
            let nothing = LogRun(before: MerkleTree(), leaves: [])
            try cells.replace(row: row, with: LeavesRecord(kept.leaves.isEmpty ? nothing : kept))
        }
        guard let start else { return }
        try cells.set(
            .logStart,
            to: LogStart(before: start, isAccepted: true, isErased: true).bytes
        )
        try cells.note(JournalEntry(.erased, today, numbers: [end], digest: start.root))
    }
}
