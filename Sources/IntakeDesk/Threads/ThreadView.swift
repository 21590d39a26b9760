import SealedIntake

/// Everything in a thread, for a person to read; texts are hostile until ``Printable``.
public struct ThreadView: Sendable {
    /// One message of the reporter.
    public struct Message: Sendable {
        /// The day whose close made it readable here.
        public let day: Day
        /// What it says.
        public let message: ReporterMessage
        /// Its answers, in words where the tree is here that they were given with.
        public let answers: [AnsweredQuestion]
        /// For each attachment, how many of its pieces are here.
        public let heldPieces: [Int]
        /// By which way it came.
        public let source: MessageSource
        /// The day whose close logged it where it was written to, as far as this desk knows.
        public let writtenDay: Day
        /// Of a release: the thread in which the message it opened stands; nil while that message
        /// is not here.
        public let opened: String?
    }

    /// One reply of this desk.
    public struct Reply: Sendable {
        /// Whether a reply was withdrawn.
        public enum Withdrawal: Equatable, Sendable {
            /// The next export asks the server.
            case asked
            /// The log has had it since that day.
            case done(Day)
        }

        /// Its number in the thread, from 0.
        public let number: UInt32
        /// What kind it is.
        public let kind: SealedIntake.Reply.Kind
        /// The day it was written.
        public let day: Day
        /// The text as sent, empty where it has none.
        public let text: [UInt8]
        /// The other organisation of a question about a transfer.
        public let other: OrganisationID?
        /// The day the log took it, nil while it waits to go out.
        public let sent: Day?
        /// Whether it was withdrawn.
        public let withdrawal: Withdrawal?
        /// After how many of the thread's messages it was written.
        public let messagesAnswered: Int
    }

    /// How far a thread was transferred to one organisation that its reporter agreed to.
    public struct TransferState: Equatable, Sendable {
        /// To whom.
        public let organisation: OrganisationID
        /// Messages that were sealed to it.
        public let messages: Int
        /// How many of those the log does not have yet.
        public let unsent: Int
        /// Messages that were not transferred yet.
        public let open: Int
    }

    /// The line of the list.
    public let summary: ThreadSummary
    /// The messages in the order a person reads them.
    public let messages: [Message]
    /// The replies in the order written.
    public let replies: [Reply]
    /// To whom it may be or was transferred.
    public let transferred: [TransferState]
    /// What organisations are called.
    public let names: OrganisationNames
}
