/// What the log says about the envelopes of one organisation.
public struct LoggedEnvelopes: Sendable {
    /// An envelope nobody picked up yet.
    struct Waiting {
        /// The index of its leaf.
        let index: UInt64
        /// The day it was logged.
        let day: Day
        /// Its tag and digest.
        let name: EnvelopeName
        /// The digest of the directory in force at its leaf; nil where that lies before the leaves
        /// held.
        let directory: Digest?
    }

    /// The size acknowledged last.
    public private(set) var acknowledged: UInt64 = 0
    /// How many envelopes lay so many days before they were picked up.
    public private(set) var lain: [UInt32: Int] = [:]
    /// How many of its envelopes were logged as overdue.
    public internal(set) var overdue = 0
    /// The envelopes behind the size acknowledged last, in order.
    private(set) var waiting: ArraySlice<Waiting> = []

    /// Nothing was logged yet.
    public init() {}

    /// An envelope came in.
    mutating func receive(_ envelope: Waiting) {
        waiting.append(envelope)
    }

    /// The close of a day acknowledges all before a size.
    mutating func acknowledge(_ size: UInt64, on day: Day) {
        acknowledged = size
        while let first = waiting.first, first.index < size {
            lain[day.number - first.day.number, default: 0] += 1
            waiting.removeFirst()
        }
    }

    /// How many lie behind a size.
    public func waiting(behind size: UInt64) -> Int {
        waiting.count { $0.index >= size }
    }
}

/// By what leaves name one envelope: its tag and digest, in little room, since a log has many.
struct EnvelopeName: Hashable {
    private let tag: UInt128
    private let head: UInt128
    private let tail: UInt128

    /// The name in a leaf of type 1 or 4.
    init(_ leaf: Leaf) {
        let digest = leaf.digest.bytes
        tag = Self.number(ArraySlice(leaf.tag.bytes))
        head = Self.number(digest.prefix(16))
        tail = Self.number(digest.dropFirst(16))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt128 {
        bytes.reduce(0) { $0 << 8 | UInt128($1) }
    }
}
