import SealedIntake

/// One thing that log and drop say about a code: where a message of its own is, or an answer.
struct Finding {
    /// How it stands.
    enum State: Int {
        /// The message stands in the signed tree.
        case recorded = 1
        /// It is below the size that its organisation cosigned.
        case atOrganisation = 2
        /// It was not picked up in the time after which it may be released.
        case overdue = 3
        /// The reply lies in the drop, and the log has it.
        case answered = 4
        /// The log has a reply that the drop must hold and does not.
        case withheld = 5
        /// The organisation took its reply back.
        case withdrawn = 6
        /// The reply is no longer kept.
        case expired = 7
        /// A reply lies in the drop that was written before the months in view.
        case earlier = 8
        /// It is proved to be at the organisation, or may be, and the server does not show it.
        case shownLess = 9
        /// The log has a reply, and the drop was not asked yet.
        case coming = 10
    }

    /// To whom or from whom, by its id.
    let organisation: OrganisationID

    /// How it stands.
    let state: State

    /// Its index in the log; 0 where the log in view does not have it.
    var index: UInt64 = 0

    /// The day that carries it; of an answer the day it was written.
    let day: Day

    /// The last day of what is said: until when to wait, or how long a reply is kept.
    var until: Day?

    /// To whom it can be released.
    var other: OrganisationID?

    /// The answer.
    var reply: Reply?

    /// Id, state, index, kind, day, last day, other organisation, text.
    var parts: [[UInt8]] {
        [
            organisation.ascii, Parts.number(state.rawValue),
            Parts.number(UInt32(truncatingIfNeeded: index)),
            Parts.number(UInt32(reply?.kind.rawValue ?? 0)), (reply?.day ?? day).text,
            until?.text ?? [], (reply?.other ?? other)?.ascii ?? [], reply?.text ?? [],
        ]
    }
}
