/// A calendar month in UTC.
public struct Month: Hashable, Comparable, Sendable {
    /// Twelve times the year, and the month from 0.
    let index: UInt32

    init(index: UInt32) {
        self.index = index
    }

    /// Reads YYYY-MM of the years 1970 to 9999, or nil.
    public init?(text: [UInt8]) {
        let parts = text.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard text.count == 7, parts.count == 2, let yearText = parts.first, yearText.count == 4,
            let monthText = parts.last,
            let year = digits([UInt8](yearText)), let month = digits([UInt8](monthText)),
            year >= 1970, month >= 1, month <= 12
        else { return nil }
        index = year * 12 + month - 1
    }

    /// YYYY-MM.
    public var text: [UInt8] {
        padded(index / 12, width: 4) + [0x2D] + padded(index % 12 + 1, width: 2)
    }

    /// Its first day; of a month before 1970 the first that can be written.
    public var first: Day {
        index < Self.epoch ? Day(number: 0) : Day(unixSeconds: UInt64(firstNumber) * UnixTime.day)
    }

    /// January 1970.
    private static let epoch: UInt32 = 1970 * 12

    /// The number of its first day, also of the month after the last day.
    private var firstNumber: UInt32 {
        let year = index / 12
        let month = index % 12 + 1
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Its number of days.
    var length: UInt32 { next.firstNumber - firstNumber }

    /// The month after.
    public var next: Month { Month(index: index + 1) }

    /// The month before; the first that has a number stays.
    public var previous: Month { Month(index: index == 0 ? 0 : index - 1) }

    /// The order of time.
    public static func < (one: Month, other: Month) -> Bool { one.index < other.index }
}
