/// A leaf that cannot be true, or cannot stand where it stands.
public struct LogRuleError: Refusal {
    /// What is wrong with it.
    public enum Reason: Equatable, Sendable {
        /// It stands behind one that must come after it, or twice.
        case outOfOrder
        /// The last leaf of a close, and no other, must be the end of a day.
        case noEnd
        /// The day is before the one closed before it.
        case dayFalls
        /// Days between this close and the one before were never closed.
        case daysLeftOut(after: Day, Day)
        /// More than one directory in a close.
        case secondDirectory
        /// The month begins without a directory.
        case noDirectory
        /// So many envelopes of an organisation, which are no full batches.
        case partialBatch(OrganisationID, Int)
        /// A directory of a lower serial than one before, or of the same and another digest.
        case directoryGoesBack(UInt64)
        /// The note held says another serial.
        case otherSerial(UInt64)
        /// The same envelope came to the same organisation in an earlier leaf, or a reply of that
        /// organisation has the same tag.
        case twice(UInt64)
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
        /// An envelope that nobody picked up was not escalated when it was due.
        case notEscalated(OrganisationID, to: OrganisationID, days: UInt32)
        /// A withdrawn reply that was never logged, or withdrawn twice.
        case withdrawsNothing
    }

    /// The index of the leaf at which it shows.
    public let index: UInt64
    /// What is wrong.
    public let reason: Reason

    /// Takes the parts.
    public init(_ index: UInt64, _ reason: Reason) {
        self.index = index
        self.reason = reason
    }

    /// The leaf, then what was found, then what must be.
    public var clause: String { "leaf \(index): \(reason.words)" }
}

extension LogRuleError.Reason {
    /// The reason in words that follow the leaf's number.
    fileprivate var words: String {
        switch self {
        case .outOfOrder, .noEnd, .dayFalls, .daysLeftOut, .secondDirectory, .noDirectory,
            .partialBatch, .directoryGoesBack, .otherSerial:
            wordsOfClose
        case .twice(let earlier): "what it records stands in leaf \(earlier) already"
        case .acknowledgementFalls(let id, let size, let before):
            "\(id.description) acknowledges \(size) leaves after it acknowledged \(before)"
        case .acknowledgesNothing(let id, let size):
            "\(id.description) acknowledges \(size) leaves, no such checkpoint was signed"
        case .overdueUnknown: "an overdue envelope that no earlier leaf records"
        case .notOverdue(let earlier):
            "the envelope of leaf \(earlier) is not overdue, or not for this organisation"
        case .overdueTwice: "the envelope was logged as overdue before"
        case .notEscalated(let id, let escalation, let days):
            "\(id.description) let it wait \(days) days, "
                + "it must have been escalated to \(escalation.description)"
        case .withdrawsNothing: "a withdrawal of a reply that no earlier leaf records"
        }
    }

    private var wordsOfClose: String {
        switch self {
        case .outOfOrder: "it is out of order in its close"
        case .noEnd: "its close does not end with the one end of its day"
        case .dayFalls: "the close is of a day before the one closed before it"
        case .daysLeftOut(let before, let day):
            "\(day.description) is closed after \(before.description), every day must be"
        case .secondDirectory: "the second directory of one close"
        case .noDirectory: "the month begins without a directory"
        case .partialBatch(let id, let count):
            "its close has \(count) envelopes of \(id.description), it must be full batches"
        case .directoryGoesBack(let serial):
            "directory \(serial) does not supersede the one logged before it"
        case .otherSerial(let serial): "the directory it logs has serial \(serial)"
        default: ""
        }
    }
}
