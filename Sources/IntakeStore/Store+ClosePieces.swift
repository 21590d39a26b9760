import GRDB
import IntakeConsole
import SealedIntake

/// A close in pieces: between two of them others have their turn, and after each of them it may be
/// killed.
extension Store {
    /// So many bodies are written or removed in one transaction: some hundredths of a second.
    static let bodiesAtOnce = 64
    /// So many small rows are.
    private static let rowsAtOnce = 512
    /// So many pages of the file change their place.
    private static let pagesAtOnce = 256
    /// What a close writes beside its texts: leaves, fillers, SQLite's log.
    private static let roomToClose: UInt64 = 8 << 20
    /// Of so many pages of the file one may be free; more are given back.
    private static let pagesPerFreePage = 10

    /// How often the lock is asked for, a twentieth of a second apart.
    private static let triesOfLock = 1200
    /// How often SQLite's log is tried to be folded, a twentieth of a second apart.
    private static let triesToFold = 10

    /// One transaction of a close, undone where `work` is false; the others' turn comes after it.
    func attempt(_ work: (Database) throws -> Bool) throws -> Bool {
        let start = ContinuousClock.now
        var isDone = false
        try storing {
            try pool.writeInTransaction(.immediate) { database in
                isDone = try work(database)
                return isDone ? .commit : .rollback
            }
        }
        newestPiece.withLock { $0 = .now }
        rest(start.duration(to: .now))
        return isDone
    }

    /// When this process did the newest piece of a close: a close of minutes that goes on is no
    /// server that hangs.
    public var workedLast: ContinuousClock.Instant? { newestPiece.withLock { $0 } }

    /// One transaction of a close; the others' turn comes after it.
    func piece(_ work: (Database) throws -> Void) throws {
        _ = try attempt { database in
            try work(database)
            return true
        }
    }

    /// Keeps everybody else from closing, in whatever process; who was killed holds nobody up.
    ///
    /// Nil at once where another closes and this one does not wait.
    /// - Throws: ``StoreError/closing`` after a minute, ``FileError``.
    func closeLock(waits: Bool = true) throws -> FileLock? {
        // SQLite's log lies there as long as anybody has the store open.
        _ = try storing { try pool.read(House.fetch) }
        for _ in 0..<(waits ? Self.triesOfLock : 1) {
            if let lock = try FileLock(pool.path + "-wal") { return lock }
            if waits { rest(.milliseconds(50)) }
        }
        guard waits else { return nil }
        throw StoreError.closing
    }

    /// Ends what a close began: takes it back where it was not signed, and tidies up after it where
    /// it was; then gives back what the file has free, and empties SQLite's log.
    func endClose() throws {
        let found = try storing {
            try pool.read { database in
                try UnderwayClose.fetch(from: database).map { ($0, try $0.isSigned(in: database)) }
            }
        }
        guard let (underway, isSigned) = found else { return }
        if isSigned {
            try clearInbox()
            try sweep(underway.erasing)
            try piece { try Erasure($0, day: underway.erasing).run() }
        } else {
            try takeBack(from: underway.size)
        }
        try shrink()
        // A reader in the way: what the log tells of the order of arrival is seen to the next time.
        guard try fold() else { return }
        try piece(UnderwayClose.remove)
        try fold()
    }

    /// A close writes each text that waits once more before it removes it; one that filled the disk
    /// could not even be taken back.
    func checkRoom() throws {
        let waiting = try storing {
            try pool.read { try ClosingEntries.count(in: $0, through: Day(number: .max)) }
        }
        let needed = UInt64(waiting * EnvelopeClass.text.size) + Self.roomToClose
        guard let free = freeBytes, free < needed else { return }
        throw StoreError.noRoomToClose(free: free, needed: needed)
    }

    /// From the end, so that what is left is always a beginning.
    private func takeBack(from size: UInt64) throws {
        var isMore = true
        while isMore {
            try piece { database in
                let last = try Int64.fetchOne(database, sql: "SELECT MAX(position) FROM leaf")
                let first = max(size.column, (last ?? -1) - Int64(Self.bodiesAtOnce) + 1)
                for table in ["text_body", "lost", "leaf"] {
                    try database.execute(
                        sql: "DELETE FROM \(table) WHERE position >= ?",
                        arguments: [first]
                    )
                }
                isMore = first > size.column
            }
        }
    }

    /// Empties what was taken: bodies first, since only their row tells that they are logged.
    private func clearInbox() throws {
        let bodies = try storing {
            try pool.read { try Int64.fetchAll($0, sql: CloseQueries.loggedBodies) }
        }
        for part in bodies.parts(of: Self.bodiesAtOnce) {
            try piece { database in
                let statement = try database.cachedStatement(sql: CloseQueries.removeBody)
                for id in part { try statement.execute(arguments: [id]) }
            }
        }
        var last = (Blob([]), Blob([]))
        while true {
            let rows = try storing {
                try pool.read { database in
                    try Row.fetchAll(
                        database,
                        sql: CloseQueries.loggedTags,
                        arguments: [last.0, last.1, Self.rowsAtOnce]
                    ).map { (Blob($0.bytes(0)), Blob($0.bytes(1))) }
                }
            }
            guard let end = rows.last else { return }
            last = end
            try piece { database in
                let statement = try database.cachedStatement(sql: CloseQueries.removeTag)
                for row in rows { try statement.execute(arguments: [row.0, row.1]) }
            }
        }
    }

    /// Removes what is over.
    private func sweep(_ day: Day) throws {
        let organisations = try storing {
            try pool.read { try Sweep($0, day: day).organisations() }
        }
        for organisation in organisations {
            let over = try storing {
                try pool.read { try Sweep($0, day: day).over(organisation) }
            }
            for part in over.parts(of: Self.bodiesAtOnce) {
                try piece { database in
                    for index in part { try Sweep.remove(index, from: database) }
                }
            }
        }
        guard !organisations.isEmpty else { return }
        try piece { try Sweep($0, day: day).finish() }
    }

    /// Gives the free pages back to the disk where they are more than a small part of the file.
    ///
    /// Which page comes to lie where tells nothing: the free ones stand in the order of random ids.
    private func shrink() throws {
        // A store that could not be written anew yet gives none back.
        guard try number("PRAGMA auto_vacuum") == DatabaseFile.autoVacuumIncremental else { return }
        var (isMore, free) = (try freePages() > pages() / Self.pagesPerFreePage, try freePages())
        while isMore {
            try piece { database in
                // Outside of a transaction it would be one of its own, without its turn.
                let query = "PRAGMA incremental_vacuum(\(Self.pagesAtOnce))"
                _ = try Row.fetchAll(database, sql: query)
            }
            let left = try freePages()
            (isMore, free) = (left > 0 && left < free, left)
        }
    }

    private func freePages() throws -> Int { try number("PRAGMA freelist_count") }

    private func pages() throws -> Int { try number("PRAGMA page_count") }

    private func number(_ query: String) throws -> Int {
        try storing { try pool.read { try Int.fetchOne($0, sql: query) ?? 0 } }
    }

    /// Folds SQLite's log into the file, so that it tells no order of arrival; a reader that is
    /// in the way only delays it: false then.
    @discardableResult
    func fold() throws -> Bool {
        for _ in 0..<Self.triesToFold {
            if try isFolded() { return true }
            rest(.milliseconds(50))
        }
        return false
    }

    /// Tries once; SQLite waits for readers with the lock of the writers in its hand, so not long.
    private func isFolded() throws -> Bool {
        try storing {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA busy_timeout = 100")
                defer { try? database.execute(sql: "PRAGMA busy_timeout = 60000") }
                do {
                    try database.checkpoint(.truncate)
                    return true
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    return false
                }
            }
        }
    }
}
