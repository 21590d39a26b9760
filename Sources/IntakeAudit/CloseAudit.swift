import SealedIntake

/// Holds the closes to the rules of the log, and each to the month in whose file it stands.
struct CloseAudit {
    /// What the leaves say.
    private(set) var rules: LogRules

    private let chain: AuditChain
    private let directories: AuditDirectories

    init(chain: AuditChain, directories: AuditDirectories) {
        self.chain = chain
        self.directories = directories
        rules = LogRules(
            origin: directories.origin,
            before: chain.run.before,
            directories: directories.byDigest
        )
    }

    /// Checks all closes.
    /// - Throws: ``AuditError/rule(_:)``, ``AuditError/entry(_:_:)``, the first in the order of the
    ///   log; then ``AuditError/directory(_:_:)`` where an older directory is served than logged.
    mutating func check() throws(AuditError) {
        for close in chain.closes {
            let leaves = chain.leaves(of: close)
            if let day = leaves.last?.day, day.month != close.month {
                throw .entry(close.end - 1, .otherMonth(day))
            }
            do throws(LogRuleError) {
                try rules.take(
                    leaves,
                    from: close.first,
                    to: chain.tree(at: close.end) ?? chain.run.after
                )
            } catch {
                throw .rule(error)
            }
        }
        guard let logged = rules.directory, logged.digest != directories.digest else { return }
        // What is served may be newer than what was logged, never older.
        guard logged.serial < directories.newest.serial else {
            let serial = directories.newest.serial
            let stale = DirectoryError.staleSerial(found: serial, known: logged.serial)
            throw .directory("directory", stale)
        }
    }
}
