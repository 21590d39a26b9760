import SealedIntake

/// What a bundle adds to the leaves held.
struct LogExtension: Sendable {
    /// Leaves before those held, which a bundle that reaches further back brings.
    let earlier: [LeavesRecord]
    /// Leaves after those held.
    let later: [LeavesRecord]
    /// Where the leaves held begin now.
    let start: MerkleTree

    /// How many leaves are new.
    var count: Int { (earlier + later).reduce(0) { $0 + $1.leaves.count } }
}

extension HeldLog {
    /// Holds a bundle's leaves against those held, and says what they add.
    ///
    /// The bundle's own leaves and root were verified before. What overlaps must be identical, so
    /// that what follows extends everything this desk ever cosigned.
    /// - Throws: ``ContainerFault/gap(from:held:)``, ``ContainerFault/otherHistory(at:)``.
    func extended(by bundle: InBundle) throws(DeskError) -> LogExtension {
        let from = bundle.before.size
        let end = from + UInt64(bundle.leaves.count)
        guard hasBegun else {
            let runs = LeavesRecord.runs(of: bundle.leaves.map(\.leaf), after: bundle.before)
            return LogExtension(earlier: [], later: runs, start: bundle.before)
        }
        guard from <= size, end >= start.size else {
            throw .container(.gap(from: from, to: end, held: size))
        }
        if from >= start.size {
            guard tree(of: from) == bundle.before else {
                throw .container(.otherHistory(at: from))
            }
        }
        for index in max(from, start.size)..<max(from, start.size, min(end, size)) {
            guard leaf(at: index) == bundle.leaves[Int(index - from)].leaf else {
                throw .container(.otherHistory(at: index))
            }
        }
        return LogExtension(
            earlier: try earlierRuns(of: bundle),
            later: try laterRuns(of: bundle),
            start: from < start.size ? bundle.before : start
        )
    }

    private func earlierRuns(of bundle: InBundle) throws(DeskError) -> [LeavesRecord] {
        guard bundle.before.size < start.size else { return [] }
        let count = Int(start.size - bundle.before.size)
        let leaves = bundle.leaves.prefix(count).map(\.leaf)
        let runs = LeavesRecord.runs(of: leaves, after: bundle.before)
        guard let last = runs.last, last.tree(before: last.end) == start else {
            throw .container(.otherHistory(at: start.size))
        }
        return runs
    }

    private func laterRuns(of bundle: InBundle) throws(DeskError) -> [LeavesRecord] {
        let known = Int(size - min(size, bundle.before.size))
        guard known < bundle.leaves.count, let tree = tree(of: size) else { return [] }
        return LeavesRecord.runs(of: bundle.leaves.dropFirst(known).map(\.leaf), after: tree)
    }
}
