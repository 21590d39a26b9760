import GRDB
import IntakeConsole
import SealedIntake

extension Store {
    /// Writes a whole copy of the store, as it is at this moment, under a new name, mode 600.
    ///
    /// One snapshot is read, so that whoever submits meanwhile neither waits nor makes it begin
    /// anew. Rows are written in the order of their keys and nothing else is: the copy holds no
    /// trace of what was removed and tells no order of arrival, not even that of the open day. It
    /// gets its name when it is whole, verified and on the disk.
    /// - Throws: ``FileError``; ``StoreError``, as when a copy is verified.
    public func backup(to path: String, logKey: LogKey) throws -> CopyReport {
        try check(logKey)
        var file = try PlainFileWriter(path, mode: 0o600, isNew: true)
        let unfinished = file.unfinishedPath
        try storing {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [unfinished])
            }
        }
        let report = try StoreCopy.verify(unfinished) { _ in logKey }
        try file.finish()
        return report
    }

    /// Brings a backup back as the file of a store, whole or not at all.
    ///
    /// Nothing is overwritten, also not what SQLite left of the store that lay there. `logKey` gives
    /// the key of a deployment.
    /// - Throws: ``FileError``; ``StoreError/inTheWay(_:)``; ``StoreError``, as when a copy is
    ///   verified.
    public static func restore(
        from backup: String,
        to path: String,
        logKey: ([UInt8]) throws -> LogKey
    ) throws -> CopyReport {
        let source = try PlainFileReader(backup)
        for name in [path] + StoreCopy.endings.map({ path + $0 })
        where try PlainFile.exists(name) {
            throw StoreError.inTheWay(name)
        }
        var file = try PlainFileWriter(path, mode: 0o600, isNew: true)
        let count = try StoreCopy.append(source, to: &file)
        let report = try StoreCopy.verify(file.unfinishedPath, logKey: logKey)
        // SQLite fills up what is missing of the last page with zeros.
        guard count == report.bytes else {
            throw StoreError.damaged(.file("\(count) bytes are no whole pages"))
        }
        try file.finish()
        return report
    }
}
