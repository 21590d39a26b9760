import IntakeStore
import SealedIntake

/// A close on a day that somebody vouches for.
extension Store {
    @discardableResult
    func closePastDays(
        through last: Day? = nil,
        today: Day,
        logKey: LogKey,
        mark: HighWaterMark
    ) throws -> [ClosedDay] {
        try explain(past: today.previous, at: today.noon)
        return try closePastDays(through: last, at: today.noon, logKey: logKey, mark: mark)
    }

    @discardableResult
    func closeNow(today: Day, logKey: LogKey, mark: HighWaterMark) throws -> [ClosedDay] {
        try explain(past: today.previous, at: today.noon)
        return try closeNow(at: today.noon, logKey: logKey, mark: mark)
    }
}

extension Day {
    /// Noon, in seconds of Unix time.
    var noon: UInt64 { UInt64(number) * 86_400 + 43_200 }
}
