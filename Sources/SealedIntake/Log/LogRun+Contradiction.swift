extension LogRun {
    /// The proof that a checkpoint and a newer one that signs this run at its own size, whose note is
    /// given, cannot both be true; nil where they agree, or where the run does not reach the sizes.
    ///
    /// About an empty tree nothing can be proved.
    public func contradiction(
        of checkpoint: VerifiedCheckpoint,
        under newest: SignedNote
    ) -> Contradiction? {
        let signed = checkpoint.checkpoint
        guard signed.size > 0, let tree = tree(at: signed.size), tree.root != signed.root,
            let last = (try? Checkpoint(text: newest.text))?.size, signed.size <= last, last <= end
        else { return nil }
        return Contradiction(
            older: checkpoint.note,
            newer: newest,
            before: tree,
            later: self[signed.size, last].map { $0.hash }
        )
    }

    /// The proof that the checkpoints at the ends of two runs cannot both be true, or nil where one
    /// extends the other, or where they have no size in common.
    ///
    /// Each run gives the root that its own note signs, so the roots at the last size that both
    /// have decide.
    public static func contradiction(
        _ one: (run: LogRun, note: SignedNote),
        _ other: (run: LogRun, note: SignedNote)
    ) -> Contradiction? {
        let (older, newer) = one.run.end < other.run.end ? (one, other) : (other, one)
        let common = older.run.end
        guard let tree = newer.run.tree(at: common), tree.root != older.run.after.root else {
            return nil
        }
        return Contradiction(
            older: older.note,
            newer: newer.note,
            before: tree,
            later: newer.run[common, newer.run.end].map { $0.hash }
        )
    }
}
