import GRDB
import IntakeConsole
import SealedIntake

extension Store {
    /// Takes the leaves that a desk wrote into a store that fell behind, then the bundle that
    /// travels with them.
    ///
    /// `open` gives the file from its first byte. Everything in it is verified before the store is
    /// touched; all missing leaves and the bundle come in one transaction, so that both are taken
    /// or neither, and it may be killed at any moment and run again. `directories` are notes of
    /// older directories that the leaves name. A store that is whole takes the bundle alone, which
    /// brings lost replies back.
    /// - Throws: ``StoreError/leaves(_:)``, ``StoreError/bundle(_:)``; signatures and roots, the
    ///   bundle, the overlap with the store's own leaves, directories, the high-water mark.
    public func recover<Source: ByteSource>(
        leaves open: () throws -> Source,
        directories: [VerifiedDirectory] = [],
        today: Day,
        logKey: LogKey,
        mark: HighWaterMark
    ) throws -> RecoveryReport {
        try check(logKey)
        try refresh()
        guard let directory = publication.directory?.directory else { throw StoreError.noDirectory }
        var source = try storing(open)
        let file = try Self.leaves(&source, logKey)
        try Self.read(&source, directory) { _, _ in }
        source = try storing(open)
        _ = try Self.leaves(&source, logKey)
        return try append(file, directories, today: today, logKey: logKey, mark: mark) { database in
            try Self.take(&source, directory, in: database)
        }
    }

    /// Takes the leaves that the public files of the log hold: those of closes that no desk took
    /// before the store was lost stand nowhere else.
    ///
    /// `checkpoints` is `/v1/log/checkpoint`, `months` are `/v1/log/{YYYY-MM}` in any order.
    /// - Throws: ``StoreError/leaves(_:)``, as ``recover(leaves:directories:today:logKey:mark:)``.
    public func recover(
        checkpoints: [UInt8],
        months: [[UInt8]],
        directories: [VerifiedDirectory] = [],
        today: Day,
        logKey: LogKey,
        mark: HighWaterMark
    ) throws -> RecoveryReport {
        try check(logKey)
        try refresh()
        let file = try PublicLeaves.file(
            checkpoints: checkpoints,
            months: months,
            logKey: logKey
        )
        return try append(file, directories, today: today, logKey: logKey, mark: mark)
    }

    /// Brings the leaves back, and in the same transaction what comes behind them.
    private func append(
        _ file: LeavesFile,
        _ directories: [VerifiedDirectory],
        today: Day,
        logKey: LogKey,
        mark: HighWaterMark,
        behind: (Database) throws -> ImportReport? = { _ in nil }
    ) throws -> RecoveryReport {
        let signed = try mark.read(logKey: logKey)
        let lock = try closeLock()
        defer { withExtendedLifetime(lock) {} }
        try endClose()
        let report = try storing {
            var report = RecoveryReport()
            try pool.writeInTransaction(.immediate) { database in
                var recovery = try Recovery(file, in: database, logKey: logKey, today: today)
                report = try recovery.run(signed: signed, directories: directories)
                report.bundle = try behind(database)
                return .commit
            }
            return report
        }
        return try AfterwardsError.telling("the leaves are taken") {
            try raise(mark, logKey)
            try fold()
            try refresh()
            return try counted(report)
        }
    }

    private static func leaves<Source: ByteSource>(
        _ source: inout Source,
        _ logKey: LogKey
    ) throws -> LeavesFile {
        do throws(BundleError) {
            return try LeavesFile(
                from: &source,
                origin: logKey.signer.name,
                logKeys: logKey.verifierKeys
            )
        } catch .wrongMagic {
            throw StoreError.leaves(.noLeaves)
        } catch {
            throw StoreError.leaves(.file(error))
        }
    }

    /// What is lost, after all that the file brought.
    private func counted(_ report: RecoveryReport) throws -> RecoveryReport {
        try storing {
            try pool.read { database in
                var report = report
                let query = """
                    SELECT COUNT(*) FILTER (WHERE type <> 2), COUNT(*) FILTER (WHERE type = 2)
                    FROM lost
                    JOIN leaf ON leaf.position = lost.position
                    """
                guard let row = try Row.fetchOne(database, sql: query) else { return report }
                report.lostEnvelopes = row[0]
                report.lostReplies = row[1]
                return report
            }
        }
    }
}
