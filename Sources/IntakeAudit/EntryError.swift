import SealedIntake

/// Why an entry of the log cannot be true, or cannot stand where it stands.
public enum EntryError: Refusal {
    /// The structure of its close.
    case close(CloseError.Reason)
    /// The file ends inside a close.
    case cut
    /// The close is of a day of another month.
    case otherMonth(Day)
    /// Days between this close and the one before were never closed.
    case daysLeftOut(after: Day, Day)
    /// No checkpoint signs it.
    case unsigned
    /// A directory of a lower serial than one before, or of the same and another digest.
    case directoryGoesBack(UInt64)
    /// The note held says another serial.
    case otherSerial(UInt64)
    /// The same tag stands in an earlier entry of the same kind.
    case tagTwice(UInt64)
    /// An acknowledgement that does not rise.
    case acknowledgementFalls(OrganisationID, UInt64, before: UInt64)
    /// An acknowledgement of what was never signed.
    case acknowledgesNothing(OrganisationID, UInt64)
    /// An overdue envelope that was never logged.
    case overdueUnknown
    /// An overdue envelope that is picked up, too young or not due to that organisation.
    case notOverdue(UInt64)
    /// The same envelope is overdue for the same organisation twice.
    case overdueTwice
    /// An envelope that nobody picked up was not handed on when it was due.
    case notHandedOn(OrganisationID, to: OrganisationID, days: UInt32)
    /// A withdrawn reply that was never logged, or withdrawn twice.
    case withdrawsNothing
    /// A reply that must be in the drop is not.
    case withheld(OrganisationID)
    /// A reply that must have left the drop is still in it.
    case stays(OrganisationID)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .close(let reason): reason.words
        case .cut: "the month ends inside a close"
        case .otherMonth(let day): "a close of \(day.description), which is of another month"
        case .daysLeftOut(let before, let day):
            "\(day.description) is closed after \(before.description), every day must be"
        case .unsigned: "no checkpoint signs it and what follows"
        case .directoryGoesBack(let serial):
            "directory \(serial) does not supersede the one logged before it"
        case .otherSerial(let serial): "the directory it logs has serial \(serial)"
        case .tagTwice(let earlier): "its tag stands in entry \(earlier) already"
        case .acknowledgementFalls(let id, let size, let before):
            "\(id) acknowledges \(size) entries after it acknowledged \(before)"
        case .acknowledgesNothing(let id, let size):
            "\(id) acknowledges \(size) entries, no such checkpoint was signed"
        case .overdueUnknown: "an overdue envelope that no earlier entry records"
        case .notOverdue(let earlier):
            "the envelope of entry \(earlier) is not overdue, or not for this organisation"
        case .overdueTwice: "the envelope was logged as overdue before"
        case .notHandedOn(let id, let escalation, let days):
            "\(id) let it wait \(days) days, it must have been handed on to \(escalation)"
        case .withdrawsNothing: "a withdrawal of a reply that no earlier entry records"
        case .withheld(let id): "the answer of \(id) is withheld, it must be in the drop"
        case .stays(let id): "the answer of \(id) is still in the drop, it must have left it"
        }
    }
}

extension CloseError.Reason {
    /// The fault in words that follow the entry's number.
    fileprivate var words: String {
        switch self {
        case .outOfOrder: "it is out of order in its close"
        case .noEnd: "its close does not end with the end of a day"
        case .dayFalls: "the close is of a day before the one closed before it"
        case .secondDirectory: "the second directory of one close"
        case .noDirectory: "the month begins without a directory"
        case .partialBatch(let id, let count):
            "its close has \(count) envelopes of \(id), it must be full batches"
        }
    }
}
