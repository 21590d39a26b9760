import SealedIntake

/// What a bundle adds to the leaves held.
struct LogExtension: Sendable {
    /// Leaves before those held, which a bundle that reaches further back brings; none where they
    /// were erased.
    let earlier: [LeavesRecord]
    /// Leaves after those held.
    let later: [LeavesRecord]
    /// Where the leaves held begin now.
    let start: MerkleTree

    /// How many leaves are new.
    var count: Int { (earlier + later).reduce(0) { $0 + $1.leaves.count } }
}

extension HeldLog {
    /// What a bundle adds, once it is known to reach the leaves held and not to contradict them.
    func extended(by bundle: InBundle) -> LogExtension {
        guard hasBegun else {
            let runs = LeavesRecord.runs(of: bundle.leaves.map(\.leaf), after: bundle.before)
            return LogExtension(earlier: [], later: runs, start: bundle.before)
        }
        let reachesBack = bundle.before.size < start.size && !isErased
        return LogExtension(
            earlier: reachesBack ? earlierRuns(of: bundle) : [],
            later: laterRuns(of: bundle),
            start: reachesBack ? bundle.before : start
        )
    }

    private func earlierRuns(of bundle: InBundle) -> [LeavesRecord] {
        let count = Int(start.size - bundle.before.size)
        return LeavesRecord.runs(
            of: bundle.leaves.prefix(count).map(\.leaf),
            after: bundle.before
        )
    }

    private func laterRuns(of bundle: InBundle) -> [LeavesRecord] {
        let known = Int(size - min(size, bundle.before.size))
        guard known < bundle.leaves.count, let tree = tree(of: size) else { return [] }
        return LeavesRecord.runs(of: bundle.leaves.dropFirst(known).map(\.leaf), after: tree)
    }
}
