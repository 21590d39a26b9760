/// What closing days would erase, counted before it is done.
public struct ErasureForecast: Equatable, Sendable {
    /// Envelopes, fillers among them.
    public var envelopes = 0
    /// Replies in the drop.
    public var replies = 0
    /// Leaves of months that are over.
    public var leaves = 0

    /// Whether nothing would be erased.
    public var isEmpty: Bool { envelopes + replies + leaves == 0 }

    /// The counts in words.
    var sentence: String {
        [(envelopes, "envelopes"), (replies, "replies"), (leaves, "leaves")]
            .filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)" }
            .joined(separator: ", ")
    }
}
