import IntakeConsole
import SealedIntake

/// What was written for a server that fell behind.
public struct LeavesOutcome: Equatable, Sendable {
    /// The first entry of the log in the file.
    public let from: UInt64
    /// How many entries the log has by it.
    public let to: UInt64
    /// The out-bundle at its end.
    public let export: ExportOutcome
}

extension Desk {
    /// Writes the leaves held, under the newest checkpoint taken, and behind them an out-bundle
    /// that also carries what the log has of the last 90 days: `intake-server recover` takes it.
    /// - Throws: ``NothingImportedError``, ``ContainerError/checkpointNotTrusted``,
    ///   ``FileError``.
    public func exportLeaves(to path: String, today: Day) throws -> LeavesOutcome {
        var file = try OutputFile(path)
        let (bytes, outcome) = try write { books in
            let head = try leaves(in: books)
            let since = Day(number: today.number - min(today.number, Keeping.replyDays))
            let (bundle, export) = try outBundle(in: books, today: today, loggedSince: since)
            let outcome = LeavesOutcome(from: head.from, to: head.to, export: export)
            return (head.bytes + bundle, outcome)
        }
        try file.finish(bytes)
        try AfterwardsError.telling("\"\(path)\" is written and whole") {
            try note(bytes, outcome.export, as: .leavesExported, today: today)
        }
        return outcome
    }

    private func leaves(
        in books: Books
    ) throws -> (bytes: [UInt8], from: UInt64, to: UInt64) {
        let held = try books.log()
        let directory = try books.directory()
        guard let note = try books.checkpoints().newest else { throw NothingImportedError() }
        let checkpoint = try trusted(note, logKeys: directory.logKeys)
        // Each import keeps both or neither; a vault where they differ is not ours to guess about.
        guard checkpoint.checkpoint.size == held.run.end else {
            throw VaultError.unreadableRecord(table: "setting", row: Setting.checkpoint.rawValue)
        }
        let bytes = LeavesFile.head(checkpoint: checkpoint, run: held.run)
        return (bytes, held.run.first, held.run.end)
    }
}
