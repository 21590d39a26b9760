import SealedIntake

extension HeldLog {
    /// Refuses a bundle that does not reach the leaves held.
    /// - Throws: ``ContainerError/stickMissing(from:to:held:)``.
    func checkReached(by bundle: InBundle) throws {
        let (from, end) = (bundle.run.first, bundle.run.end)
        guard !hasBegun || (from <= run.end && end >= run.first) else {
            throw ContainerError.stickMissing(from: from, to: end, held: run.end)
        }
    }

    /// The proof that a bundle's checkpoint and the one held, whose note is given, cannot both be
    /// true, or nil where the one extends the other.
    func contradiction(of bundle: InBundle, under note: SignedNote) -> Contradiction? {
        LogRun.contradiction((bundle.run, bundle.checkpoint.note), (run, note))
    }

    /// The first entry at which a bundle is known to differ from what is held.
    func firstDifference(from bundle: InBundle) -> UInt64 {
        let theirs = bundle.run
        if theirs.first >= run.first, run.tree(at: theirs.first) != theirs.before {
            return theirs.first
        }
        let first = max(theirs.first, run.first)
        if theirs.first < first, theirs.tree(at: first) != run.before { return first }
        for (index, leaf) in zip(first..<theirs.end, theirs[first, theirs.end]) {
            guard run.leaf(at: index) == leaf else { return index }
        }
        return first
    }
}
