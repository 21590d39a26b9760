import SealedIntake

/// What an audit could not look at, or what should be known beside it.
public enum AuditNote: Equatable, Sendable {
    /// No roots file was given: keys are believed as they lie in the folder.
    case noRoots
    /// The folder begins behind the first leaf of the log.
    case beginsAt(UInt64)
    /// Some directories that were logged are not held: what they asked is not known.
    case directoriesNotHeld(Int)
    /// Some checkpoints are of a size before the leaves held.
    case checkpointsBefore(Int)
    /// No shard of the drop is held: whether a reply is withheld is not known.
    case noDrop
    /// The directory has expired by the day closed last.
    case directoryExpired(Day)
    /// The log closed a day that is not past by this machine's clock.
    case logAhead(log: Day, clock: Day)
    /// The organisation acknowledged more than the checkpoint shown with its cosignature.
    case cosignatureBehind(OrganisationID)
    /// A name that means nothing to an audit.
    case notLookedAt(String)

    /// One sentence.
    public var sentence: String {
        switch self {
        case .noRoots: "no --roots: the directory and its keys are believed as they lie here"
        case .beginsAt(let leaf): "the folder begins at leaf \(leaf), nothing before is known"
        case .directoriesNotHeld(let count):
            "\(count) logged directories are not held: batches and delays under them are not known"
        case .checkpointsBefore(let count):
            "\(count) checkpoints are of a size before the leaves held"
        case .noDrop: "no drop/0 …: whether a reply is withheld is not known"
        case .directoryExpired(let day): "the directory has expired on \(day.description)"
        case .logAhead(let log, let clock):
            "the log closed \(log.description) and this machine's clock says "
                + "\(clock.description): one of both was ahead"
        case .cosignatureBehind(let id):
            "the log has a later acknowledgement of \(id) than the cosignature that is shown"
        case .notLookedAt(let name): "\"\(name)\" is not looked at"
        }
    }
}
