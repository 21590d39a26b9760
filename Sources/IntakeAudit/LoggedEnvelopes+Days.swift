import SealedIntake

extension LoggedEnvelopes {
    /// The days the middle one of those picked up lay; nil when none was.
    var medianDays: UInt32? {
        var left = (lain.values.reduce(0, +) + 1) / 2
        for (days, count) in lain.sorted(by: { $0.key < $1.key }) {
            left -= count
            if left <= 0 { return days }
        }
        return nil
    }

    /// The days the last one picked up lay.
    var longestDays: UInt32? { lain.keys.max() }
}
