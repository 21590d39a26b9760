import GRDB
import IntakeConsole
import SealedIntake

extension Store {
    /// Closes each past day that is still open, oldest first, each with its own checkpoint.
    ///
    /// May be killed at any moment and run again: a day is closed whole or not at all. `last` is
    /// the last day to close, by default the day before that of `clock`, the machine's, in seconds
    /// of Unix time. Each is handed to `closed` as soon as it is durable, whatever fails after it.
    /// Where another process closes, this one waits for that, or leaves it to that one.
    /// - Throws: ``StoreError``; ``StoreError/clock(_:)`` where nothing explains that `last` is
    ///   past, and the high-water mark, are looked at before anything is written.
    public func closePastDays(
        through last: Day? = nil,
        at clock: UInt64,
        logKey: LogKey,
        mark: HighWaterMark,
        waits: Bool = true,
        closed tell: (ClosedDay) -> Void = { _ in }
    ) throws -> [ClosedDay] {
        let reckoning = try reckoning(checked: clock)
        let last = last ?? Day(unixSeconds: clock).previous
        guard last < reckoning.today else {
            throw reckoning.jump ?? StoreError.notPast(last)
        }
        var closed: [ClosedDay] = []
        while let next = try close(
            .oldestOpen(through: last),
            reckoning.today,
            logKey,
            mark,
            waits: waits,
            tell
        ) {
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
        return try closePastDays(
            through: last,
            at: clock,
            logKey: logKey,
            mark: mark,
            waits: false,
            closed: tell
        )
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
        return try close(.ahead, reckoning.today, logKey, mark, waits: false, tell)
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

        /// Whether a close has all that it must: what came to a day that stays open since it began
        /// waits for the next.
        func isWhole(
            _ entries: ClosingEntries,
            through day: Day,
            in database: Database
        ) throws -> Bool {
            guard case .oldestOpen = self else { return true }
            return try ClosingEntries.count(in: database, through: day) == entries.received
        }
    }

    /// Closes one day, which one transaction does at the end of several; nil when there is none.
    ///
    /// What a close that was killed left is done before.
    private func close(
        _ choice: Choice,
        _ today: Day,
        _ logKey: LogKey,
        _ mark: HighWaterMark,
        waits: Bool = true,
        _ tell: (ClosedDay) -> Void
    ) throws -> ClosedDay? {
        try check(logKey)
        let signed = try mark.read(logKey: logKey)
        guard try isAnythingToClose(choice, today) else { return nil }
        guard let lock = try closeLock(waits: waits) else { return nil }
        defer { withExtendedLifetime(lock) {} }
        try endClose()
        while try day(of: choice, today: today) != nil {
            let stock = FillerStock(directory: try storing { try directoryInForce() }, today: today)
            switch try closeOnce(choice, today, logKey, signed, stock) {
            case .closed(let day):
                tell(day)
                try AfterwardsError.telling("\(day.day.description) is closed") {
                    try raise(mark, logKey)
                    try refresh()
                    try endClose()
                }
                return day
            case .nothing: return nil
            case .changed: continue
            }
        }
        return nil
    }

    private enum Outcome {
        case closed(ClosedDay)
        case nothing
        /// Something came meanwhile that must be in this close.
        case changed
    }

    /// Writes a close piece by piece, and signs it with the last one; whatever goes wrong before
    /// that is taken back.
    private func closeOnce(
        _ choice: Choice,
        _ today: Day,
        _ logKey: LogKey,
        _ signed: VerifiedCheckpoint,
        _ stock: FillerStock
    ) throws -> Outcome {
        try checkRoom()
        do {
            guard var close = try begin(choice, today, signed, stock) else {
                return try day(of: choice, today: today) == nil ? .nothing : .changed
            }
            let entries = try storing {
                try pool.read { try ClosingEntries($0, through: close.day, stock) }
            }
            for part in entries.all.parts(of: Self.bodiesAtOnce) {
                try piece { try close.append(part, in: $0) }
            }
            let isClosed = try attempt { database in
                guard try Self.mayClose(signed, stock, database),
                    try choice.isWhole(entries, through: close.day, in: database),
                    try close.sign(with: logKey, in: database)
                else { return false }
                try Self.finish(choice, close.day, in: database)
                return true
            }
            if isClosed { return .closed(close.closed) }
            try endClose()
            return .changed
        } catch {
            try? endClose()
            throw error
        }
    }

    /// The first piece; nil where there is nothing to close, or another directory is in force.
    private func begin(
        _ choice: Choice,
        _ today: Day,
        _ signed: VerifiedCheckpoint,
        _ stock: FillerStock
    ) throws -> DayClose? {
        var close: DayClose?
        let isBegun = try attempt { database in
            guard let day = try Self.day(of: choice, today: today, in: database),
                try Self.mayClose(signed, stock, database)
            else { return false }
            var begun = try DayClose(database, day: day, today: today, fillers: stock)
            try begun.begin(in: database)
            close = begun
            return true
        }
        return isBegun ? close : nil
    }

    /// Refuses what must hold a close up; false where another directory is in force by now.
    private static func mayClose(
        _ signed: VerifiedCheckpoint,
        _ stock: FillerStock,
        _ database: Database
    ) throws -> Bool {
        try checkHolds(signed, database)
        try Ahead.check(database)
        return try InstalledDirectory.newest(in: database)?.digest == stock.directory?.digest
    }

    /// Also where a close was killed.
    private func isAnythingToClose(_ choice: Choice, _ today: Day) throws -> Bool {
        try storing {
            try pool.read { database in
                try UnderwayClose.fetch(from: database) != nil
                    || Self.day(of: choice, today: today, in: database) != nil
            }
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

    private func directoryInForce() throws -> InstalledDirectory? {
        try pool.read { try InstalledDirectory.newest(in: $0) }
    }
}
