/// What came of a bundle that was taken.
public struct ImportOutcome: Equatable, Sendable {
    /// Leaves that were new.
    public let leaves: Int
    /// Messages that were filed.
    public let messages: Int
    /// Envelopes that were filed as unreadable.
    public let unreadable: Int
    /// Cells that did not open any more, and what stood there came again.
    public let takenAgain: Int
    /// What waits at other organisations and this desk holds unopened, fillers counted.
    public let waitingElsewhere: [WaitingElsewhere]
    /// Pieces of attachments that are still to come, all together.
    public let piecesMissing: Int
    /// Replies that were written again under another number, because theirs was taken.
    public let rewritten: Int
    /// What came of the decision tree beside the bundle.
    public let tree: TreeNews
    /// What a person must know.
    public let alarms: [Alarm]
    /// The size of the newest checkpoint this desk cosigned, 0 when it never did.
    public let cosigned: UInt64

    /// Envelopes that wait at other organisations, all together.
    public var waiting: Int { waitingElsewhere.reduce(0) { $0 + $1.count } }
}
