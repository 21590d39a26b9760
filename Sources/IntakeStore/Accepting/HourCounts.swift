import SealedIntake

/// How many texts one organisation got in each hour of the last day, and what its hours ask.
///
/// An hour that is over is kept with a secret offset, drawn once when it ended: nobody can tell
/// from what is asked whether one text came more or less.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.3.
struct HourCounts: Sendable {
    /// Beyond the mean of the offsets, half of what raises the work of the day.
    static let manyOfDay =
        (AskedWork.hoursShare * AskedWork.ordinaryLoad - meanOfOffsets) / 2

    /// What the offsets of all hours that weigh together come to.
    private static let meanOfOffsets = AskedWork.hours * AskedWork.offsets.upperBound / 2
    private static let held = Int(Stamp.hours)

    /// Texts of the hour that runs; nothing is asked because of them.
    private var running = 0
    /// Of the hours that are over, each with its offset, the newest first.
    private var over: [Int]
    /// What this hour and those before it ask, this one first.
    private var asked: [UInt16]

    /// Begins with so many texts in the hour before, and none before that.
    init(before: Int, work: UInt16, offset: () -> Int) {
        over = (0..<AskedWork.hours).map { hour in (hour == 0 ? before : 0) + offset() }
        asked = [UInt16](repeating: min(UInt16(AskedWork.least), work), count: Self.held)
        asked[0] = Self.tries(load: load, work: work)
    }

    /// Counts texts that were stored.
    mutating func add(_ count: Int) { running += count }

    /// Ends the hour that runs and fixes what the next one asks, at most `work`.
    mutating func endHour(work: UInt16, offset: () -> Int) {
        over = [running + offset()] + over.prefix(AskedWork.hours - 1)
        running = 0
        asked = [Self.tries(load: load, work: work)] + asked.prefix(Self.held - 1)
    }

    /// What the hour so many before this one asked; nil where its stamps hold no more.
    func tries(hoursBack: UInt32) -> UInt16? {
        hoursBack < asked.count ? asked[Int(hoursBack)] : nil
    }

    /// Whether the last day had so many texts that half as many more raise the work.
    var isBusy: Bool {
        over.reduce(0, +) > Self.manyOfDay + Self.meanOfOffsets
    }

    private var load: Int { max(over[0], over.reduce(0, +) / AskedWork.hoursShare) }

    private static func tries(load: Int, work: UInt16) -> UInt16 {
        let least = UInt64(AskedWork.least)
        guard load > AskedWork.ordinaryLoad else { return min(UInt16(least), work) }
        let load = UInt64(load)
        let most = UInt64(AskedWork.ordinaryLoad)
        let (square, isTooMuch) = load.multipliedReportingOverflow(by: load)
        guard !isTooMuch, square < UInt64.max / least else { return work }
        return UInt16(min(least * square / (most * most), UInt64(work)))
    }
}
