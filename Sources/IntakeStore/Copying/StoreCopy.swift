import GRDB
import IntakeConsole
import SealedIntake

/// A copy of a store that has no name yet: made, or brought back, and verified before it gets one.
enum StoreCopy {
    /// What SQLite keeps beside a database.
    static let endings = ["-wal", "-shm", "-journal"]

    /// How many bytes are copied at once.
    private static let piece = 1 << 20

    /// Appends all bytes of a file and says how many they are.
    static func append(
        _ source: PlainFileReader,
        to file: inout PlainFileWriter
    ) throws -> UInt64 {
        var offset: UInt64 = 0
        while case let bytes = try source.read(piece, at: offset), !bytes.isEmpty {
            try file.write(bytes)
            offset += UInt64(bytes.count)
        }
        return offset
    }

    /// Verifies that a file is a whole store of this log: its pages, whose it is, and the head of
    /// the log with its signature and leaves.
    ///
    /// Objects are not held to their digests: one that was spoiled years ago must not keep anybody
    /// from having backups. `logKey` gives the key of a deployment.
    /// - Throws: ``StoreError``; what SQLite says of the file first, then whose it is, then its log.
    static func verify(
        _ path: String,
        logKey: ([UInt8]) throws -> LogKey
    ) throws -> CopyReport {
        try PlainFile.checkDatabase(path)
        return try storing {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.inDatabase { database in
                try Schema.check(database)
                try FileCheck.run(database)
                let house = try House.fetch(from: database)
                let logKey = try logKey(house.deployment)
                guard logKey.verifierKeys.contains(where: { $0.text == house.logKey }) else {
                    throw StoreError.otherLogKey
                }
                return CopyReport(
                    deployment: house.deployment,
                    size: try checkHead(database, logKey),
                    closedThrough: house.closedThrough,
                    bytes: try length(database)
                )
            }
        }
    }

    /// The newest checkpoint is signed, and the leaves of its close give its root; none follows.
    private static func checkHead(_ database: Database, _ logKey: LogKey) throws -> UInt64 {
        let newest = try StoredCheckpoint.newest(in: database)
        let size = newest.tree.size
        let signed = try logKey.verified(newest.note).checkpoint
        guard signed.size == size, signed.root == newest.tree.root else {
            throw StoreError.damaged(.otherRoot(size))
        }
        if size > 0 {
            let before = try StoredCheckpoint.newest(upTo: size - 1, in: database).tree
            let run = try LogReader(database).run(after: before, to: size)
            guard run.after == newest.tree else { throw StoreError.damaged(.otherRoot(size)) }
        }
        let last = try Int64.fetchOne(database, sql: "SELECT MAX(position) FROM leaf")
        // Or a close was under way, which the first one after takes back.
        let isUnderway = try UnderwayClose.fetch(from: database)?.size == size
        guard isUnderway || last.map({ $0 < size.column }) ?? true else {
            throw StoreError.damaged(.leafNotSigned(size))
        }
        return size
    }

    private static func length(_ database: Database) throws -> UInt64 {
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let size = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        return UInt64(clamping: pages * size)
    }

    /// Alone with the file, which keeps its journal in memory: nothing lies beside it.
    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            for pragma in [
                "locking_mode = EXCLUSIVE", "journal_mode = MEMORY", "trusted_schema = OFF",
                "cell_size_check = ON",
            ] {
                try database.execute(sql: "PRAGMA \(pragma)")
            }
        }
        return configuration
    }
}
