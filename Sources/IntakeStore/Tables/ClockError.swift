import SealedIntake

/// What is wrong with the clock of the machine, by what the store knows of time.
public enum ClockError: Refusal {
    /// It is further than can be explained: by what was signed, and by how long the server ran.
    case unexplained(clock: Day, explained: Day)
    /// It is before the day on which the roots signed the directory in force.
    case beforeDirectory(clock: Day, issued: Day)
    /// A directory bears a day that is not there yet.
    case directoryOfLater(clock: Day, issued: Day)
    /// What is explained is later than the clock: somebody's date was ahead.
    case explainedLater(clock: Day, explained: Day)
    /// The log closed days that are not past by the clock.
    case beforeLog(clock: Day, log: Day)
    /// Closing the days that were asked for would erase.
    case erases(through: Day, ErasureForecast)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .unexplained(let clock, let explained):
            "the clock says \(clock.description), which nothing explains beyond "
                + (clock == explained ? "half of that day" : explained.description)
                + ", it must be held against another clock"
        case .beforeDirectory(let clock, let issued):
            "the clock says \(clock.description), before the directory of "
                + "\(issued.description), it must be set right"
        case .directoryOfLater(let clock, let issued):
            "the directory is issued on \(issued.description) and the clock says "
                + "\(clock.description), it must be no later than tomorrow"
        case .explainedLater(let clock, let explained):
            "the clock says \(clock.description), and a signature, a directory or a typed date "
                + "\(explained.description): until then a clock that jumps is believed"
        case .beforeLog(let clock, let log):
            "the log closed \(log.description) and the clock says \(clock.description): "
                + "one of both is ahead, the log must wait for the calendar"
        case .erases(let last, let forecast):
            "closing through \(last.description) can erase \(forecast.sentence), "
                + "the date must be right by another clock"
        }
    }

    /// What the operator can do about it.
    public var hint: String? {
        switch self {
        case .unexplained(let clock, _):
            "if \(clock.description) is today: "
                + "intake-server close-day --through \(clock.previous.description); "
                + "if not, set the clock right"
        case .beforeDirectory: "set the clock right; until then no day is closed"
        case .directoryOfLater: "the clock or the date in the directory must be set right"
        case .explainedLater: "hold the clock against another one, and ask the desks for theirs"
        case .beforeLog(_, let log):
            "service goes on by the log's days; what comes is closed with "
                + "\(log.adding(1).description)"
        case .erases: "if it is: the same with --erase"
        }
    }
}
