/// A day in UTC, as the number of days since 1970-01-01.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: UInt32

    /// The day with that number.
    public init(number: UInt32) {
        self.number = number
    }

    /// The day that holds a moment.
    public init(unixSeconds: UInt64) {
        number = UInt32(clamping: unixSeconds / 86_400)
    }

    /// Reads YYYY-MM-DD, or nil when that is no day of the calendar.
    public init?(text: [UInt8]) {
        guard text.count == 10, let month = Month(text: [UInt8](text.prefix(7))) else { return nil }
        let tail = [UInt8](text.dropFirst(7))
        guard tail.first == 0x2D, let day = digits([UInt8](tail.dropFirst())),
            day >= 1, day <= month.length
        else { return nil }
        number = month.first.number + day - 1
    }

    /// YYYY-MM-DD.
    public var text: [UInt8] {
        let day = number - month.first.number + 1
        return month.text + [0x2D] + padded(day, width: 2)
    }

    /// The month the day lies in.
    public var month: Month {
        // Years of 146,097 days a four-hundred-year era, counted from 1 March.
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return Month(index: year * 12 + month - 1)
    }

    /// The day so many days later.
    public func adding(_ days: UInt32) -> Day {
        Day(number: number + days)
    }

    /// The day before; 1970-01-01 stays.
    public var previous: Day { Day(number: number == 0 ? 0 : number - 1) }

    /// The order of time.
    public static func < (one: Day, other: Day) -> Bool { one.number < other.number }
}

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

    /// Its first day.
    public var first: Day {
        let year = index / 12
        let month = index % 12 + 1
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Day(number: era * 146_097 + dayOfEra - 719_468)
    }

    /// Its number of days.
    public var length: UInt32 { next.first.number - first.number }

    /// The month after.
    public var next: Month { Month(index: index + 1) }

    /// The month before.
    public var previous: Month { Month(index: index - 1) }

    /// The order of time.
    public static func < (one: Month, other: Month) -> Bool { one.index < other.index }
}
