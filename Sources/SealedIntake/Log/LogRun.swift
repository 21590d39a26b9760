/// A stretch of the log: the tree before its first leaf, and the leaves that follow it.
///
/// Whoever verifies the log holds one: a month, what a stick brings, what a desk has taken.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
public struct LogRun: Sendable {
    /// So many leaves apart a run that came from outside knows its trees.
    static let stride: UInt64 = 64

    /// The leaves in order.
    public private(set) var leaves: [Leaf]

    /// Trees of this run that need not be counted again, sizes rising; the first is ``before``.
    private var known: [MerkleTree]

    /// Takes leaves that are known to follow a tree; nothing is hashed before it is asked for.
    public init(before: MerkleTree, leaves: [Leaf]) {
        precondition(before.hasRoom(for: leaves.count))
        self.init(leaves, known: [before])
    }

    /// Takes leaves from outside, or nil when so many cannot be numbered.
    ///
    /// Each is hashed once, here, so that the tree at any size is at hand afterwards.
    public init?(before: MerkleTree, received leaves: [Leaf]) {
        guard before.hasRoom(for: leaves.count) else { return nil }
        self.leaves = leaves
        known = [before]
        var tree = before
        for leaf in leaves {
            tree.append(leaf.hash)
            if tree.size % Self.stride == 0 || tree.size == end { known.append(tree) }
        }
    }

    /// Joins pieces of one log that were verified before, or nil where they leave a hole.
    public init?(joining pieces: [LogRun]) {
        guard let first = pieces.first,
            zip(pieces, pieces.dropFirst()).allSatisfy({ $0.end == $1.first })
        else { return nil }
        let trees = pieces.flatMap { $0.known }.filter { $0.size > first.first }
        self.init(pieces.flatMap { $0.leaves }, known: [first.before] + trees)
    }

    private init(_ leaves: [Leaf], known: [MerkleTree]) {
        self.leaves = leaves
        self.known = known
    }

    /// The tree before the first leaf.
    public var before: MerkleTree { known[0] }

    /// The index of the first leaf.
    public var first: UInt64 { known[0].size }

    /// The index behind the last leaf, which is the size of the log there.
    public var end: UInt64 { first + UInt64(leaves.count) }

    /// The leaves with their indexes.
    public var indexed: Zip2Sequence<Range<UInt64>, [Leaf]> { zip(first..<end, leaves) }

    /// The leaf at an index, or nil outside.
    public func leaf(at index: UInt64) -> Leaf? {
        index >= first && index < end ? leaves[Int(index - first)] : nil
    }

    /// The leaves from one index up to, not with, another; only those of this run.
    public subscript(from: UInt64, to: UInt64) -> ArraySlice<Leaf> {
        let start = min(max(from, first), end)
        return leaves[Int(start - first)..<Int(max(start, min(to, end)) - first)]
    }

    /// The part from one index up to, not with, another, or nil where it is not all here.
    public func part(from: UInt64, to: UInt64) -> LogRun? {
        guard let before = tree(at: from), from <= to, to <= end else { return nil }
        let trees = known.filter { $0.size > from && $0.size <= to }
        return LogRun([Leaf](self[from, to]), known: [before] + trees)
    }

    /// The tree of a size between ``first`` and ``end``, or nil outside.
    public func tree(at size: UInt64) -> MerkleTree? {
        guard size >= first, size <= end else { return nil }
        var low = 0
        var high = known.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if known[middle].size <= size { low = middle } else { high = middle }
        }
        var tree = known[low]
        while tree.size < size { tree.append(leaves[Int(tree.size - first)].hash) }
        return tree
    }

    /// The tree after the last leaf.
    public var after: MerkleTree { tree(at: end) ?? before }

    /// The day that ended last, or nil where none did.
    public var newestDay: Day? { leaves.last { $0.type == .dayEnd }?.day }

    /// The directory that was logged last, or nil where none was.
    public var newestDirectory: Leaf? { leaves.last { $0.type == .directory } }

    /// Adds the run that follows.
    /// - Throws: ``LogRunError``; the size before the subtree roots.
    public mutating func append(_ next: LogRun) throws(LogRunError) {
        guard next.first == end else { throw .otherSize(next.first, expected: end) }
        guard next.before == after else { throw .otherTree(end) }
        known += next.known.dropFirst()
        leaves += next.leaves
    }

    /// Whether a checkpoint that ends within the run is of its tree; true of one that does not.
    public func agrees(with checkpoint: Checkpoint) -> Bool {
        tree(at: checkpoint.size).map { $0.root == checkpoint.root } ?? true
    }
}

extension LogRun: Hashable {
    /// Whether both say the same, whatever trees they know.
    public static func == (one: LogRun, other: LogRun) -> Bool {
        one.before == other.before && one.leaves == other.leaves
    }

    /// Feeds the tree before and the leaves.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(before)
        hasher.combine(leaves)
    }
}

/// Why a run does not follow another.
public enum LogRunError: Refusal {
    /// It begins at another size than the one before it ends at.
    case otherSize(UInt64, expected: UInt64)
    /// It begins with other subtree roots than the one before it gives at that size.
    case otherTree(UInt64)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .otherSize(let found, let expected):
            "leaves that begin at \(found), they must follow \(expected)"
        case .otherTree(let size):
            "leaves that begin with other subtree roots than those before \(size) give"
        }
    }
}
