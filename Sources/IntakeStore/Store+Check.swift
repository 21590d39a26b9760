import GRDB
import SealedIntake

extension Store {
    /// Verifies the whole store: the file, every leaf, root, signature, object hash and size, the
    /// structure of each day, what waits, and the high-water mark.
    /// - Throws: ``StoreError/damaged(_:)`` with the first lie, ``StoreError/damages(_:)`` with all
    ///   objects that are wrong, or what the mark says.
    public func check(
        logKey: LogKey,
        roots: Roots?,
        mark: HighWaterMark
    ) throws -> CheckReport {
        try check(logKey)
        let signed = try mark.read(logKey: logKey)
        return try storing {
            try pool.read { database in
                var report = CheckReport()
                try FileCheck.run(database)
                let directories = try DirectoryCheck(database, deployment: deployment)
                report.objects += try directories.run(roots: roots)
                let log = try LogCheck(
                    database,
                    logKey: logKey,
                    directories: directories.installed
                )
                try log.run(&report)
                try log.check(signed)
                try Ahead.check(database)
                try ObjectCheck(database).run(&report)
                do {
                    try InboxCheck(database).run(&report)
                } catch StoreError.damaged(let damage) {
                    report.damage.append(damage)
                }
                if let first = report.damage.first {
                    let isOne = report.damage.count == 1
                    throw isOne ? StoreError.damaged(first) : .damages(report.damage)
                }
                return report
            }
        }
    }
}
