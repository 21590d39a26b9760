/// Proofs about Merkle trees, as RFC 9162 (and RFC 6962) makes and verifies them.
///
/// A proof is a list of node hashes; what they mean follows from the sizes alone.
/// - SeeAlso: `docs/spec/protocol.md`, section 8; RFC 9162, sections 2.1.3 and 2.1.4.
public enum MerkleProof {
    /// Why the tree before is the beginning of the one that its later leaves make.
    ///
    /// Empty where nothing came later; about an empty tree before there is nothing to prove, and
    /// ``verifyConsistency(olderSize:olderRoot:newerSize:newerRoot:proof:)`` refuses it.
    public static func consistency(before: MerkleTree, later: [Digest]) -> [Digest] {
        guard before.size > 0 else { return [] }
        var old = before.size
        var size = before.size + UInt64(later.count)
        var last = later.count
        var kept = before.subtrees[...]
        var isWhole = true
        var proof: [Digest] = []
        while old < size {
            let left = largestPowerOfTwo(below: size)
            if old <= left {
                let first = last - Int(size - left)
                proof.append(root(of: later[first..<last]))
                last = first
                size = left
            } else {
                if let node = kept.popFirst() { proof.append(node) }
                old -= left
                size -= left
                isWhole = false
            }
        }
        if !isWhole, let rest = MerkleTree(size: old, subtrees: [Digest](kept)) {
            proof.append(rest.root)
        }
        return proof.reversed()
    }

    /// Refuses a newer tree that does not begin with the older one.
    /// - Throws: ``MerkleProofError``; an earlier size of 0 proves nothing and is refused first,
    ///   then sizes, then the length of the proof, then the older root, then the newer.
    public static func verifyConsistency(
        olderSize: UInt64,
        olderRoot: Digest,
        newerSize: UInt64,
        newerRoot: Digest,
        proof: [Digest]
    ) throws(MerkleProofError) {
        guard olderSize > 0 else { throw .emptyTree }
        guard olderSize <= newerSize else { throw .badSize }
        guard olderSize < newerSize else {
            guard proof.isEmpty else { throw .badLength }
            guard olderRoot == newerRoot else { throw .wrongRoot }
            return
        }
        let isComplete = olderSize.nonzeroBitCount == 1
        var path = proof[...]
        guard !path.isEmpty, let start = isComplete ? olderRoot : path.popFirst() else {
            throw .badLength
        }
        var place = olderSize - 1
        var end = newerSize - 1
        let levels = (~place).trailingZeroBitCount
        place >>= levels
        end >>= levels
        var older = start
        var newer = start
        for node in path {
            guard end > 0 else { throw .badLength }
            if climb(&place, &end) {
                older = MerkleTree.node(node, older)
                newer = MerkleTree.node(node, newer)
            } else {
                newer = MerkleTree.node(newer, node)
            }
        }
        guard end == 0 else { throw .badLength }
        guard older == olderRoot, newer == newerRoot else { throw .wrongRoot }
    }

    /// Goes up to the next node that has a sibling; whether that sibling stands to the left.
    static func climb(_ place: inout UInt64, _ end: inout UInt64) -> Bool {
        defer {
            place >>= 1
            end >>= 1
        }
        guard place & 1 == 1 || place == end else { return false }
        // The last node of a level may have no sibling for many levels.
        let levels = place.trailingZeroBitCount
        place >>= levels
        end >>= levels
        return true
    }

    static func root(of leafHashes: ArraySlice<Digest>) -> Digest {
        leafHashes.reduce(into: MerkleTree()) { tree, hash in tree.append(hash) }.root
    }

    /// Where RFC 9162 splits a tree of more than one leaf.
    static func largestPowerOfTwo(below size: UInt64) -> UInt64 {
        1 << UInt64(63 - (size - 1).leadingZeroBitCount)
    }
}

/// Why a proof does not show what it should.
public enum MerkleProofError: Refusal {
    /// The earlier tree is empty, which every tree begins with.
    case emptyTree
    /// The size lies beyond the tree.
    case badSize
    /// Too few or too many hashes for these sizes.
    case badLength
    /// The hashes give another root.
    case wrongRoot

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .emptyTree: "a proof from an empty tree, which shows nothing"
        case .badSize: "a proof about a place beyond the end of the tree"
        case .badLength: "a proof of a wrong length for its sizes"
        case .wrongRoot: "a proof that gives another root"
        }
    }
}
