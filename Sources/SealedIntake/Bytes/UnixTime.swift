/// Hours and days of Unix time in seconds: both are counted everywhere, and nothing finer is kept.
public enum UnixTime {
    /// An hour.
    public static let hour: UInt64 = 3600

    /// A day.
    public static let day = hour * UInt64(hoursOfDay)

    /// The hours of a day.
    public static let hoursOfDay: UInt32 = 24
}
