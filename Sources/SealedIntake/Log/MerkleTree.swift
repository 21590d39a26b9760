/// A Merkle tree as RFC 6962 with SHA-256, kept as its size and the roots of its complete
/// subtrees, largest first: enough to append and to give the root.
/// - SeeAlso: `docs/spec/protocol.md`, section 8; vectors `log.json`, `month.json`.
public struct MerkleTree: Hashable, Sendable {
    /// How many leaves.
    public private(set) var size: UInt64

    /// Roots of the complete subtrees, largest first; as many as `size` has bits set.
    public private(set) var subtrees: [Digest]

    /// The empty tree.
    public init() {
        size = 0
        subtrees = []
    }

    /// The tree of a size with known subtrees, or nil when their number does not fit.
    public init?(size: UInt64, subtrees: [Digest]) {
        guard size.nonzeroBitCount == subtrees.count else { return nil }
        self.size = size
        self.subtrees = subtrees
    }

    /// The root; of the empty tree SHA-256 of nothing.
    public var root: Digest {
        guard var root = subtrees.last else { return Digest(of: []) }
        for left in subtrees.dropLast().reversed() { root = Self.node(left, root) }
        return root
    }

    /// Whether so many leaves more can be numbered; sizes and counts may come from outside.
    public func hasRoom(for count: Int) -> Bool {
        UInt64(exactly: count).map { !size.addingReportingOverflow($0).overflow } ?? false
    }

    /// Appends a leaf by its hash; the caller has made sure that there is room.
    public mutating func append(_ leafHash: Digest) {
        precondition(size < .max)
        var node = leafHash
        for _ in 0..<(~size).trailingZeroBitCount {
            guard let left = subtrees.popLast() else { break }
            node = Self.node(left, node)
        }
        subtrees.append(node)
        size += 1
    }

    /// SHA-256(01 ‖ left ‖ right).
    static func node(_ left: Digest, _ right: Digest) -> Digest {
        Digest(of: [1] + left.bytes + right.bytes)
    }
}
