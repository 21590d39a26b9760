import SealedIntake

extension NoteSigner {
    /// A checkpoint as this log signs it, whether or not it ever had such a tree.
    package func checkpoint(size: UInt64, root: Digest) -> SignedNote {
        note(Checkpoint(origin: name, size: size, root: root).text)
    }

    package func checkpoint(_ tree: MerkleTree) -> SignedNote {
        checkpoint(size: tree.size, root: tree.root)
    }

    /// A checkpoint of this log as everybody reads it who has its key.
    package func verified(_ note: SignedNote) throws -> VerifiedCheckpoint {
        try VerifiedCheckpoint(note: note, origin: name, logKeys: [verifierKey])
    }
}
