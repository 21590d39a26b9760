import SealedIntake

/// Everything in a thread, for a person to read; texts are hostile until ``Printable``.
public struct ThreadView: Sendable {
    /// One message of the reporter.
    public struct Message: Sendable {
        /// The day whose close logged it.
        public let day: Day
        /// What it says.
        public let message: ReporterMessage
        /// For each attachment, how many of its pieces are here.
        public let heldPieces: [Int]
    }

    /// One reply of this desk.
    public struct Reply: Sendable {
        /// Its number in the thread, from 0.
        public let number: UInt32
        /// What kind it is.
        public let kind: SealedIntake.Reply.Kind
        /// The day it was written.
        public let day: Day
        /// The text as sent, empty where it has none.
        public let text: [UInt8]
        /// The day the log took it, nil while it waits to go out.
        public let sent: Day?
        /// After how many of the thread's messages it was written.
        public let messagesAnswered: Int
    }

    /// The line of the list.
    public let summary: ThreadSummary
    /// The messages in the order a person reads them.
    public let messages: [Message]
    /// The replies in the order written.
    public let replies: [Reply]
}
