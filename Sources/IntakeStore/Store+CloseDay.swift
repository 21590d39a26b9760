import GRDB
import IntakeConsole
import SealedIntake

extension Store {
    /// Closes each past day that is still open, oldest first, each with its own checkpoint.
    ///
    /// May be killed at any moment and run again: a day is closed whole or not at all. `last` is
    /// the last day to close, by default the day before that of `clock`, the machine's, in seconds
    /// of Unix time. Each is handed to `closed` as soon as it is durable, whatever fails after it.
    /// - Throws: ``StoreError``; ``StoreError/clock(_:)`` where nothing explains that `last` is
    ///   past, and the high-water mark, are looked at before anything is written.
    public func closePastDays(
        through last: Day? = nil,
        at clock: UInt64,
        logKey: LogKey,
        mark: HighWaterMark,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> [ClosedDay] {
        let reckoning = try reckoning(checked: clock)
        let last = last ?? Day(unixSeconds: clock).previous
        guard last < reckoning.today else {
            throw reckoning.jump ?? StoreError.notPast(last)
        }
        var closed: [ClosedDay] = []
        while let next = try close(.oldestOpen(through: last), reckoning.today, logKey, mark, tell)
        {
            closed.append(next)
        }
        try raise(mark, logKey)
        return closed
    }

    /// Closes the past days, then what there is of the day of `clock`, which stays open; any
    /// number of times.
    /// - Throws: ``StoreError``; ``StoreError/clock(_:)`` where nothing explains the clock.
    public func closeNow(
        at clock: UInt64,
        logKey: LogKey,
        mark: HighWaterMark,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> [ClosedDay] {
        let reckoning = try reckoning(checked: clock)
        if let jump = reckoning.jump { throw jump }
        let past = try closePastDays(at: clock, logKey: logKey, mark: mark, closed: tell)
        guard let now = try close(.today, reckoning.today, logKey, mark, tell) else { return past }
        return past + [now]
    }

    /// Closes the days that must be closed by now: the night's work of a server.
    /// - Throws: ``StoreError``.
    public func closeDueDays(
        at clock: UInt64,
        logKey: LogKey,
        mark: HighWaterMark,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> [ClosedDay] {
        let reckoning = try reckoning(checked: clock)
        let last = Closing.lastDay(at: reckoning.seconds)
        guard last < reckoning.today else { return [] }
        return try closePastDays(through: last, at: clock, logKey: logKey, mark: mark, closed: tell)
    }

    /// Closes what there is of the day that is open in a log that is ahead of the calendar, so that
    /// nobody waits for the calendar; nil where the log is not ahead.
    /// - Throws: ``StoreError``.
    public func closeAhead(
        at clock: UInt64,
        logKey: LogKey,
        mark: HighWaterMark,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> ClosedDay? {
        let reckoning = try reckoning(checked: clock)
        guard reckoning.isLogAhead else { return nil }
        return try close(.ahead, reckoning.today, logKey, mark, tell)
    }

    /// The oldest day that is not closed for good.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    public func oldestOpenDay() throws -> Day {
        try storing { try pool.read(House.openDay) }
    }

    /// Looks at what must hold before a day is closed, and writes nothing.
    /// - Throws: ``StoreError``, what a close would refuse.
    public func checkCanClose(logKey: LogKey, mark: HighWaterMark) throws {
        try check(logKey)
        let signed = try mark.read(logKey: logKey)
        try storing {
            try pool.read { database in
                try Self.checkHolds(signed, database)
                try Ahead.check(database)
            }
        }
    }

    /// The time, after what other processes learned of it is taken up.
    private func reckoning(checked clock: UInt64) throws -> Reckoning {
        try learnTime()
        _ = try newestPublication()
        return reckoning(at: clock)
    }

    private enum Choice {
        case oldestOpen(through: Day)
        case today
        case ahead
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
                try AfterwardsError.telling("\(day.day.description) is closed") {
                    try raise(mark, logKey)
                    try fold()
                    try refresh()
                }
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
                var close = try DayClose(database, day: day, today: today)
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
        case .ahead: return open > today ? open : nil
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
