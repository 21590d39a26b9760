/// How long what is public or was picked up stays, everywhere the same.
/// - SeeAlso: `docs/spec/protocol.md`, sections 8 and 12.
public enum Keeping {
    /// Days from the acknowledgement of a leaf to the end of its envelope at the server.
    public static let envelopeDays: UInt32 = 30

    /// Days a reply lies in the drop: until the first close so many days after its own.
    public static let replyDays: UInt32 = 90

    /// A close erases leaves of months at least so many before its own: 13 whole ones lie between.
    public static let leafMonths: UInt32 = 14

    /// Of a stick that was refused, the digest of so many bytes is kept, from its first on.
    public static let refusedBytes: UInt64 = 16_777_216

    /// Whether leaves of a month may be gone at a close in another.
    public static func isOver(_ month: Month, in later: Month) -> Bool {
        (0..<leafMonths).reduce(month) { month, _ in month.next } <= later
    }

    /// The last month whose leaves may be gone at a close in another.
    public static func lastOver(in later: Month) -> Month {
        (0..<leafMonths).reduce(later) { month, _ in month.previous }
    }
}
