import IntakeConsole
import SealedIntake

/// Why the clock of this machine cannot be right, or that of the server was not.
public enum ClockDoubtError: Refusal {
    /// It says a day before one that is certain: on which the roots signed the directory, or from
    /// which this program is.
    case before(clock: Day, certain: Day)
    /// The log closed a day further ahead of it than two clocks may differ.
    case logAhead(clock: Day, log: Day)

    /// How many days two clocks may differ: the log, and the directory, may be so far ahead.
    public static let tolerance: UInt32 = 2

    /// Looks for the worst; nil where nothing speaks against the clock.
    init?(clock: Day, issued: Day?, log: Day?) {
        let late = clock.adding(Self.tolerance)
        if clock < Clock.earliest {
            self = .before(clock: clock, certain: max(issued ?? Clock.earliest, Clock.earliest))
        } else if let issued, late < issued {
            self = .before(clock: clock, certain: issued)
        } else if let log, late < log {
            self = .logAhead(clock: clock, log: log)
        } else {
            return nil
        }
    }

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .before(let clock, let certain):
            "this machine's clock says \(clock.description), and it is "
                + "\(certain.description) or later: it must be set right"
        case .logAhead(let clock, let log):
            "this machine's clock says \(clock.description), and the log has "
                + "\(log.description): one of both is wrong"
        }
    }

    /// What the person can do about it.
    public var hint: String? {
        switch self {
        case .before: nil
        case .logAhead:
            "look at a calendar; where this clock is right, the same with --today YYYY-MM-DD"
        }
    }

    /// What happened and what to do, for the alarm.
    var text: String {
        switch self {
        case .before(let clock, let certain):
            "The clock of this machine says \(clock.description), but it is "
                + "\(certain.description) or later. Set it right. Until then no reply is "
                + "written and nothing is confirmed to reporters."
        case .logAhead(let clock, let log):
            "The log has the day \(log.description), and the clock of this machine says "
                + "\(clock.description). Look at a calendar. Where this clock is wrong, set it "
                + "right. Where it is right, the server's was ahead: call the operator. Until the days "
                + "fit nothing is confirmed to reporters."
        }
    }
}
