import SealedIntake

/// What a bundle adds to the leaves held.
struct LogExtension: Sendable {
    /// Leaves before those held, which a bundle that reaches further back brings; nil where it does
    /// not, and where they were erased.
    let earlier: LogRun?
    /// Leaves after those held, if any.
    let later: LogRun?
    /// Where the leaves held begin now.
    let start: MerkleTree

    /// How many leaves are new.
    var count: Int { pieces.reduce(0) { $0 + $1.leaves.count } }

    /// What is new.
    var pieces: [LogRun] { [earlier, later].compactMap { $0 } }
}

extension HeldLog {
    /// What a bundle adds, once it is known to reach the leaves held and not to contradict them.
    func extended(by bundle: InBundle) -> LogExtension {
        let theirs = bundle.run
        guard hasBegun else {
            return LogExtension(earlier: nil, later: theirs, start: theirs.before)
        }
        let reachesBack = theirs.first < run.first && !isErased
        return LogExtension(
            earlier: reachesBack ? theirs.part(from: theirs.first, to: run.first) : nil,
            later: theirs.part(from: max(run.end, theirs.first), to: theirs.end),
            start: reachesBack ? theirs.before : run.before
        )
    }
}
