/// How much one desk can send: what keeps memory, drop and log bounded whatever a desk signs.
///
/// What is beyond waits, at the server for a later close or at the desk for its next bundle;
/// nothing is lost.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.3.
public enum OutLimits {
    /// Replies, and what is transferred to one organisation, travel in multiples of this, at least so
    /// many.
    public static let batch = 4

    /// Rows of one out-bundle.
    public static let rows = 65_536

    /// Rows of a kind in one bundle that the log does not have yet, and that wait at the server.
    public static func waiting(_ kind: OutRow.Kind) -> Int {
        switch kind {
        case .reply, .withdrawal, .pieceWanted: 16_384
        case .transferred: 4_096
        }
    }

    /// Rows of a kind that one close logs for one desk; wanted pieces are not logged.
    public static func logged(_ kind: OutRow.Kind) -> Int {
        switch kind {
        case .reply, .withdrawal: 512
        case .transferred: 128
        case .pieceWanted: 0
        }
    }

    /// Transferred envelopes of one desk that one close logs: at least what every bundle brings for
    /// so many other organisations, or some of them would never be reached.
    public static func loggedTransfers(toOthers others: Int) -> Int {
        max(logged(.transferred), batch * others)
    }

    /// Replies of one desk in one of `count` shards that one close logs: twice what lies there when
    /// they are spread evenly, so that a desk which fills one shard does not lengthen all the others.
    public static func loggedInShard(of count: Int) -> Int {
        2 * logged(.reply) / count
    }
}
