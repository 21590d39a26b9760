import GRDB
import SealedIntake

extension Store {
    /// Closes each past day that is still open, oldest first, each with its own checkpoint.
    ///
    /// May be killed at any moment and run again: a day is closed whole or not at all. `last` is
    /// the last day to close, by default the day before `today`. Each is handed to `closed` as soon
    /// as it is durable, whatever fails after it.
    /// - Throws: ``StoreError``; the high-water mark is looked at before anything is written.
    public func closePastDays(
        through last: Day? = nil,
        today: Day,
        logKey: LogKey,
        mark: HighWaterMark,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> [ClosedDay] {
        let last = last ?? today.previous
        guard last < today else { throw StoreError.notPast(last) }
        var closed: [ClosedDay] = []
        while let next = try close(.oldestOpen(through: last), today, logKey, mark, tell) {
            closed.append(next)
        }
        try raise(mark, logKey)
        return closed
    }

    /// Closes the past days, then what there is of `today`, which stays open; any number of
    /// times.
    /// - Throws: ``StoreError``.
    public func closeNow(
        today: Day,
        logKey: LogKey,
        mark: HighWaterMark,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> [ClosedDay] {
        let past = try closePastDays(today: today, logKey: logKey, mark: mark, closed: tell)
        guard let now = try close(.today, today, logKey, mark, tell) else { return past }
        return past + [now]
    }

    private enum Choice {
        case oldestOpen(through: Day)
        case today
    }

    /// Closes one day in one transaction; nil when there is none to close.
    private func close(
        _ choice: Choice,
        _ today: Day,
        _ logKey: LogKey,
        _ mark: HighWaterMark,
        _ tell: (ClosedDay) -> Void
    ) throws -> ClosedDay? {
        try check(logKey)
        let signed = try mark.read(logKey: logKey)
        while true {
            guard try day(of: choice, today: today) != nil else { return nil }
            let stock = FillerStock(directory: try storing { try directoryInForce() }, today: today)
            let outcome = try closeOnce(choice, today, logKey, signed, stock)
            switch outcome {
            case .closed(let day):
                tell(day)
                try raise(mark, logKey)
                try fold()
                try refresh()
                return day
            case .nothing: return nil
            case .directoryChanged: continue
            }
        }
    }

    private enum Outcome {
        case closed(ClosedDay)
        case nothing
        case directoryChanged
    }

    private func closeOnce(
        _ choice: Choice,
        _ today: Day,
        _ logKey: LogKey,
        _ signed: VerifiedCheckpoint,
        _ stock: FillerStock
    ) throws -> Outcome {
        try storing {
            var outcome = Outcome.nothing
            try pool.writeInTransaction(.immediate) { database in
                try Self.checkHolds(signed, database)
                try Ahead.check(database)
                guard let day = try Self.day(of: choice, today: today, in: database) else {
                    return .rollback
                }
                guard
                    try InstalledDirectory.newest(in: database)?.digest == stock.directory?.digest
                else {
                    outcome = .directoryChanged
                    return .rollback
                }
                var close = try DayClose(database, day: day)
                outcome = .closed(try close.run(fillers: stock, logKey: logKey))
                try Self.finish(choice, day, in: database)
                return .commit
            }
            return outcome
        }
    }

    private func day(of choice: Choice, today: Day) throws -> Day? {
        try storing { try pool.read { try Self.day(of: choice, today: today, in: $0) } }
    }

    private static func day(
        of choice: Choice,
        today: Day,
        in database: Database
    ) throws -> Day? {
        let open = try House.openDay(in: database)
        switch choice {
        case .oldestOpen(let last): return open <= last ? open : nil
        case .today:
            let newest = try StoredCheckpoint.newest(in: database).day
            guard today >= newest, today >= open else {
                throw StoreError.clockBehind(max(newest, open.previous))
            }
            return today
        }
    }

    private static func finish(_ choice: Choice, _ day: Day, in database: Database) throws {
        if case .oldestOpen = choice {
            try database.execute(
                sql: "UPDATE house SET closed_through = ?",
                arguments: [day.column]
            )
        }
        try House.renewDrop(in: database)
    }

    /// Refuses a store that does not hold what was signed before.
    private static func checkHolds(_ signed: VerifiedCheckpoint, _ database: Database) throws {
        let size = signed.checkpoint.size
        let newest = try StoredCheckpoint.newest(in: database).tree.size
        let held = try StoredCheckpoint.newest(upTo: size, in: database).tree
        guard held.size == size, held.root == signed.checkpoint.root else {
            throw StoreError.behindHighWaterMark(has: newest, signed: size)
        }
    }

    /// Sets the mark to the newest checkpoint, also after a close that was killed before it did.
    ///
    /// Under the lock of the database, so that of two processes none takes it back.
    func raise(_ mark: HighWaterMark, _ logKey: LogKey) throws {
        try storing {
            try pool.writeInTransaction(.immediate) { database in
                let newest = try StoredCheckpoint.newest(in: database)
                let signed = try mark.read(logKey: logKey)
                if signed.checkpoint.size < newest.tree.size {
                    try mark.write(try logKey.verified(newest.note))
                }
                return .rollback
            }
        }
    }

    /// Folds SQLite's log into the file, so that it tells no order of arrival; a reader that is
    /// in the way only delays it to the next time.
    func fold() throws {
        try storing {
            try pool.writeWithoutTransaction { database in
                do {
                    try database.checkpoint(.truncate)
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    return
                }
            }
        }
    }

    private func directoryInForce() throws -> InstalledDirectory? {
        try pool.read { try InstalledDirectory.newest(in: $0) }
    }
}
