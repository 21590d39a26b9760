import SealedIntake

extension HeldLog {
    /// Refuses a bundle that does not reach the leaves held.
    /// - Throws: ``ContainerError/gap(from:to:held:)``.
    func checkReached(by bundle: InBundle) throws {
        let from = bundle.before.size
        let end = bundle.checkpoint.checkpoint.size
        guard !hasBegun || (from <= size && end >= start.size) else {
            throw ContainerError.gap(from: from, to: end, held: size)
        }
    }

    /// The proof that a bundle's checkpoint and the one held cannot both be true, or nil where the
    /// one extends the other.
    ///
    /// The bundle's leaves give its own root, and those held that of `note`, so the roots at the
    /// last size that both have decide.
    func contradiction(of bundle: InBundle, under note: SignedNote) -> Contradiction? {
        let end = bundle.checkpoint.checkpoint.size
        let common = min(end, size)
        guard let ours = tree(of: common) else { return nil }
        let count = Int(common - bundle.before.size)
        let theirs = bundle.leaves.prefix(count)
            .reduce(into: bundle.before) { tree, row in tree.append(row.leaf.hash) }
        guard theirs.root != ours.root else { return nil }
        guard end < size else {
            return Contradiction(
                older: note,
                newer: bundle.checkpoint.note,
                before: theirs,
                later: bundle.leaves.dropFirst(count).map(\.leaf.hash)
            )
        }
        return Contradiction(
            older: bundle.checkpoint.note,
            newer: note,
            before: ours,
            later: leafHashes(from: common, to: size)
        )
    }

    /// The proof that a checkpoint and the one held, whose note is given, cannot both be true; nil
    /// where they agree or the leaves up to the checkpoint are not held.
    func contradiction(of checkpoint: VerifiedCheckpoint, under note: SignedNote) -> Contradiction?
    {
        let signed = checkpoint.checkpoint
        guard signed.size > 0, let tree = tree(of: signed.size), tree.root != signed.root else {
            return nil
        }
        return Contradiction(
            older: checkpoint.note,
            newer: note,
            before: tree,
            later: leafHashes(from: signed.size, to: size)
        )
    }

    /// The first entry at which a bundle is known to differ from what is held.
    func firstDifference(from bundle: InBundle) -> UInt64 {
        let from = bundle.before.size
        if from >= start.size, tree(of: from) != bundle.before { return from }
        let first = max(from, start.size)
        if from < first {
            let before = bundle.leaves.prefix(Int(first - from))
                .reduce(into: bundle.before) { tree, row in tree.append(row.leaf.hash) }
            if before != start { return first }
        }
        let rows = bundle.leaves.dropFirst(Int(first - from))
        for (index, row) in zip(first..., rows) {
            guard leaf(at: index) == row.leaf else { return index }
        }
        return first
    }
}
