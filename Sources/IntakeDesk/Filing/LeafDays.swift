import SealedIntake

/// On which day each leaf of a bundle was closed: that of the next end of a day.
struct LeafDays {
    private let first: UInt64
    private let days: [Day]

    /// Looks from the end; leaves after the last end of a day get `fallback`.
    init(of bundle: InBundle, fallback: Day) {
        first = bundle.run.first
        var day = fallback
        var days: [Day] = []
        for leaf in bundle.run.leaves.reversed() {
            day = leaf.day ?? day
            days.append(day)
        }
        self.days = days.reversed()
    }

    /// The day of a leaf by its index in the log.
    subscript(index: UInt64) -> Day { days[Int(index - first)] }
}
