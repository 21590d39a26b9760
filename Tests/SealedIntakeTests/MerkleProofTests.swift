import Stage
import Testing

@testable import SealedIntake

struct MerkleProofTests {
    private static let hashes = (0..<40).map { Digest(of: [0, UInt8($0)]) }

    private static func tree(_ size: Int) -> MerkleTree {
        MerkleTree(hashes: hashes.prefix(size))
    }

    private static func verify(_ older: Int, _ newer: Int, _ proof: [Digest]) throws {
        try MerkleProof.verifyConsistency(
            olderSize: UInt64(older),
            olderRoot: tree(older).root,
            newerSize: UInt64(newer),
            newerRoot: tree(newer).root,
            proof: proof
        )
    }

    private static func proof(_ older: Int, _ newer: Int) -> [Digest] {
        MerkleProof.consistency(before: tree(older), later: [Digest](hashes[older..<newer]))
    }

    private static func flipped(_ digest: Digest, _ place: Int) -> Digest {
        var bytes = digest.bytes
        bytes[place] ^= 1
        return Digest(bytes)
    }

    @Test func `every tree of up to forty leaves extends every one before it`() throws {
        for newer in 1...40 {
            for older in 1...newer { try Self.verify(older, newer, Self.proof(older, newer)) }
        }
    }

    @Test func `a consistency proof with one changed byte, or one hash more or less, is refused`() {
        for newer in 2...40 {
            for older in 1..<newer {
                let proof = Self.proof(older, newer)
                for place in proof.indices {
                    var bad = proof
                    bad[place] = Self.flipped(proof[place], (older + place) % 32)
                    #expect(throws: MerkleProofError.wrongRoot) {
                        try Self.verify(older, newer, bad)
                    }
                }
                for bad in [[Digest](proof.dropLast()), proof + [Self.hashes[0]]] {
                    #expect(throws: MerkleProofError.badLength) {
                        try Self.verify(older, newer, bad)
                    }
                }
            }
        }
    }

    @Test func `every byte of a consistency proof counts`() {
        let proof = Self.proof(13, 27)
        for (place, node) in proof.enumerated() {
            for byte in 0..<Digest.count {
                var bad = proof
                bad[place] = Self.flipped(node, byte)
                #expect(throws: MerkleProofError.wrongRoot) { try Self.verify(13, 27, bad) }
            }
        }
    }

    @Test func `wrong roots and sizes of a consistency proof are refused`() {
        let proof = Self.proof(6, 11)
        let table: [(UInt64, Digest, UInt64, Digest, MerkleProofError)] = [
            (0, MerkleTree().root, 11, Self.tree(11).root, .emptyTree),
            (0, MerkleTree().root, 0, MerkleTree().root, .emptyTree),
            (11, Self.tree(11).root, 6, Self.tree(6).root, .badSize),
            (6, Self.flipped(Self.tree(6).root, 0), 11, Self.tree(11).root, .wrongRoot),
            (6, Self.tree(6).root, 11, Self.flipped(Self.tree(11).root, 31), .wrongRoot),
            (6, Self.tree(6).root, 6, Self.tree(6).root, .badLength),
            (6, Self.tree(6).root, .max, Self.tree(11).root, .badLength),
            (.max, Self.tree(6).root, .max, Self.tree(11).root, .badLength),
        ]
        for (older, olderRoot, newer, newerRoot, error) in table {
            #expect(throws: error) {
                try MerkleProof.verifyConsistency(
                    olderSize: older,
                    olderRoot: olderRoot,
                    newerSize: newer,
                    newerRoot: newerRoot,
                    proof: proof
                )
            }
        }
        #expect(throws: MerkleProofError.wrongRoot) {
            try MerkleProof.verifyConsistency(
                olderSize: 6,
                olderRoot: Self.tree(6).root,
                newerSize: 6,
                newerRoot: Self.tree(11).root,
                proof: []
            )
        }
        #expect(MerkleProof.consistency(before: MerkleTree(), later: Self.hashes).isEmpty)
    }

    @Test func `every leaf of every tree of up to forty leaves stands in its place alone`() throws {
        for size in 1...40 {
            let leaves = [Digest](Self.hashes.prefix(size))
            let root = Self.tree(size).root
            for index in 0..<size {
                let proof = MerkleProof.inclusion(of: index, among: leaves)
                func verify(_ leaf: Digest, _ index: Int, _ proof: [Digest]) throws {
                    try MerkleProof.verifyInclusion(
                        of: leaf,
                        index: UInt64(index),
                        size: UInt64(size),
                        root: root,
                        proof: proof
                    )
                }
                try verify(leaves[index], index, proof)
                let longer = proof + [root]
                #expect(throws: MerkleProofError.badLength) {
                    try verify(leaves[index], index, longer)
                }
                #expect(throws: MerkleProofError.badSize) { try verify(leaves[0], size, proof) }
                #expect(throws: MerkleProofError.wrongRoot) {
                    try verify(Digest(of: []), index, proof)
                }
                for place in proof.indices {
                    var bad = proof
                    bad[place] = Self.flipped(proof[place], index % 32)
                    #expect(throws: MerkleProofError.wrongRoot) {
                        try verify(leaves[index], index, bad)
                    }
                }
                for other in 0..<size where other != index {
                    #expect(throws: MerkleProofError.self) {
                        try verify(leaves[index], other, proof)
                    }
                }
            }
        }
    }
}
