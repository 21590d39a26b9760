/// A day in UTC, as the number of days since 1970-01-01; none is later than 9999-12-31.
public struct Day: Hashable, Comparable, Sendable {
    /// The last day that can be written, 9999-12-31.
    public static var last: Day { Day(number: lastNumber) }

    private static let lastNumber: UInt32 = 2_932_896

    /// Days since 1970-01-01.
    public let number: UInt32

    /// The day with that number; a later one than the last is the last.
    public init(number: UInt32) {
        self.number = min(number, Self.lastNumber)
    }

    /// The day with a number from outside, or nil when it is later than the last.
    public init?(exactly number: UInt32) {
        guard number <= Self.lastNumber else { return nil }
        self.number = number
    }

    /// The day that holds a moment; a later one than the last is the last.
    public init(unixSeconds: UInt64) {
        self.init(number: UInt32(clamping: unixSeconds / UnixTime.day))
    }

    /// The day that holds an hour of Unix time; a later one than the last is the last.
    public init(unixHour: UInt32) {
        self.init(number: unixHour / UnixTime.hoursOfDay)
    }

    /// Reads YYYY-MM-DD, or nil when that is no day of the calendar.
    public init?(text: [UInt8]) {
        guard text.count == 10, let month = Month(text: [UInt8](text.prefix(7))) else { return nil }
        let tail = [UInt8](text.dropFirst(7))
        guard tail.first == 0x2D, let day = digits([UInt8](tail.dropFirst())),
            day >= 1, day <= month.length
        else { return nil }
        self.init(number: month.first.number + day - 1)
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

    /// The day so many days later, at most the last.
    public func adding(_ days: UInt32) -> Day {
        Day(number: number.addingReportingOverflow(days).overflow ? .max : number + days)
    }

    /// The day before; 1970-01-01 stays.
    public var previous: Day { Day(number: number == 0 ? 0 : number - 1) }

    /// The order of time.
    public static func < (one: Day, other: Day) -> Bool { one.number < other.number }
}
