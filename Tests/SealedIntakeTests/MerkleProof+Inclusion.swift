@testable import SealedIntake

/// Proofs of inclusion, which nothing of ours needs: whoever reads the log has all its leaves. Their
/// vectors hold the tree to what others compute.
extension MerkleProof {
    /// Why a leaf stands at a place of the tree that these leaf hashes make.
    static func inclusion(of index: Int, among leafHashes: [Digest]) -> [Digest] {
        precondition(leafHashes.indices.contains(index))
        var rest = leafHashes[...]
        var proof: [Digest] = []
        while rest.count > 1 {
            let left = Int(largestPowerOfTwo(below: UInt64(rest.count)))
            let middle = rest.startIndex + left
            if index < middle {
                proof.append(root(of: rest[middle...]))
                rest = rest[..<middle]
            } else {
                proof.append(root(of: rest[..<middle]))
                rest = rest[middle...]
            }
        }
        return proof.reversed()
    }

    /// Refuses a leaf that does not stand at that place of the tree.
    /// - Throws: ``MerkleProofError``; the place before the length, the length before the root.
    static func verifyInclusion(
        of leafHash: Digest,
        index: UInt64,
        size: UInt64,
        root: Digest,
        proof: [Digest]
    ) throws(MerkleProofError) {
        guard index < size else { throw .badSize }
        var place = index
        var end = size - 1
        var found = leafHash
        for node in proof {
            guard end > 0 else { throw .badLength }
            let isLeft = climb(&place, &end)
            found = isLeft ? MerkleTree.node(node, found) : MerkleTree.node(found, node)
        }
        guard end == 0 else { throw .badLength }
        guard found == root else { throw .wrongRoot }
    }
}
