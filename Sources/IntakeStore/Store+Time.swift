import GRDB
import SealedIntake

extension Store {
    /// What time the store goes by when the machine's clock says `clock`, in seconds of Unix time.
    public func reckoning(at clock: UInt64) -> Reckoning {
        let publication = publication
        return Reckoning(
            clock: clock,
            explained: timekeeper.explained,
            log: publication.day,
            closedThrough: publication.closedThrough,
            issued: publication.directory?.directory.issued
        )
    }

    /// Takes up what explains more of the time, and writes down, to the hour, how far it is
    /// explained: what a server does while it runs.
    ///
    /// It writes each time, whatever the hour: so whoever looks after the store sees whether its
    /// disk can be written, without waiting for somebody to report.
    /// - Throws: ``FileError``, ``StoreError/database(_:)``.
    public func keepTime() throws {
        try learnTime()
        try timekeeper.writeDown()
    }

    /// Takes up what other processes learned of the time.
    func learnTime() throws {
        try storing { _ = timekeeper.learn(try pool.read(timekeeper.known)) }
    }

    /// Takes the word of a person that `last` is past, when the machine's clock says `clock`.
    ///
    /// The clock is explained where `last` is its yesterday; else time is until noon of the day
    /// after.
    /// - Throws: ``StoreError/notPast(_:)`` where even the clock says otherwise, ``FileError``.
    public func explain(past last: Day, at clock: UInt64) throws {
        let today = Day(unixSeconds: clock)
        guard last < today else { throw StoreError.notPast(last) }
        let noon = UInt64(last.adding(1).number) * UnixTime.day + UnixTime.day / 2
        let seconds = last == today.previous ? clock : min(clock, noon)
        timekeeper.learn(seconds)
        try timekeeper.writeDown()
    }

    /// What closing through `last` would erase; a waiting acknowledgement counts as logged.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    public func forecast(through last: Day) throws -> ErasureForecast {
        var forecast = ErasureForecast()
        try storing {
            try pool.writeInTransaction(.immediate) { database in
                forecast = try EraseTrial(database, through: last).run()
                return .rollback
            }
        }
        return forecast
    }
}
