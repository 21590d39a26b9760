import SealedIntake

/// The time by which the store goes at one moment of the machine's clock.
///
/// A clock is believed as far as something explains it: what others signed with a day on it, the
/// day a person typed, and since then the time that the server ran. Beyond that and
/// ``tolerance`` it is a jump, and the time is the explained one: no day that nobody vouched for is
/// closed, and visitors are served no hour of it.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.2.
public struct Reckoning: Equatable, Sendable {
    /// How much longer than explained a clock is believed, in seconds: a machine may stand still
    /// for half a day, and no clock that is a whole day ahead is believed.
    public static let tolerance = 12 * UnixTime.hour

    /// What the machine's clock says, in seconds of Unix time.
    public let clock: UInt64
    /// How far time is explained, in seconds of Unix time.
    public let explained: UInt64
    /// The newest day of the log.
    public let log: Day
    /// The newest day that was closed for good.
    public let closedThrough: Day
    /// When the directory in force was signed.
    public let issued: Day?

    /// What the store goes by, in seconds: the clock, or the explained time.
    public var seconds: UInt64 { isExplained ? clock : explained }

    /// The day that it is.
    public var today: Day { Day(unixSeconds: seconds) }

    /// What visitors are served, in seconds: never before what is signed in public already.
    public var served: UInt64 {
        let floor = max(log, issued ?? log)
        return max(seconds, UInt64(floor.number) * UnixTime.day)
    }

    /// Whether the clock is no further than something explains.
    public var isExplained: Bool { clock <= explained + Self.tolerance }

    /// Whether the log closed days that are not past.
    public var isLogAhead: Bool { today < log || today <= closedThrough }

    /// How far time may be explained beyond the clock, in seconds, before it is told.
    private static let ample = 36 * UnixTime.hour

    /// Why no further day is closed, where the clock is ahead of what explains it.
    var jump: StoreError? {
        guard !isExplained else { return nil }
        let (day, known) = (Day(unixSeconds: clock), Day(unixSeconds: explained))
        return .clock(.unexplained(clock: day, explained: known))
    }

    /// Everything that is wrong with the clock.
    public var errors: [ClockError] {
        let day = Day(unixSeconds: clock)
        var errors: [ClockError] = []
        if !isExplained {
            errors.append(.unexplained(clock: day, explained: Day(unixSeconds: explained)))
        }
        if let issued, day < issued {
            errors.append(.beforeDirectory(clock: day, issued: issued))
        }
        if explained > clock + Self.ample {
            let later = Day(unixSeconds: explained)
            errors.append(.explainedLater(clock: day, explained: later))
        }
        if day < log || day <= closedThrough { errors.append(.beforeLog(clock: day, log: log)) }
        return errors
    }
}
