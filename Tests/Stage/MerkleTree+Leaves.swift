import SealedIntake

extension MerkleTree {
    /// The tree of these leaves.
    package init(of leaves: some Sequence<Leaf>) {
        self.init(hashes: leaves.map(\.hash))
    }

    /// The tree of leaves with these hashes.
    package init(hashes: some Sequence<Digest>) {
        self.init()
        for hash in hashes { append(hash) }
    }
}
