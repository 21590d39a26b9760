import SealedIntake

/// The leaves this desk holds, one run without holes.
struct HeldLog: Sendable {
    let runs: [LeavesRecord]

    /// The tree before the first leaf held; the empty tree where nothing is held yet.
    let start: MerkleTree

    /// Whether anything was ever taken, be it a log without leaves.
    let hasBegun: Bool

    /// Whether a person accepted that they begin there.
    let isAccepted: Bool

    /// Whether leaves before the first were held once and erased.
    let isErased: Bool

    /// Takes the runs of a vault in any order.
    /// - Throws: ``VaultError/unreadableRecord(table:row:)`` when they leave a hole.
    init(runs: [LeavesRecord], start: LogStart?) throws {
        let ordered = runs.filter { !$0.leaves.isEmpty }.sorted { $0.before.size < $1.before.size }
        for (one, next) in zip(ordered, ordered.dropFirst()) {
            guard one.end == next.before.size else {
                throw VaultError.unreadableRecord(table: "leaves", row: Int64(ordered.count))
            }
        }
        self.runs = ordered
        self.start = ordered.first?.before ?? start?.before ?? MerkleTree()
        hasBegun = start != nil
        isAccepted = start?.isAccepted ?? false
        isErased = start?.isErased ?? false
    }

    /// With what a bundle adds, as long as the vault does not have it yet.
    func adding(_ added: LogExtension, start: LogStart) throws -> HeldLog {
        try HeldLog(runs: runs + added.earlier + added.later, start: start)
    }

    /// The last day that has ended, or nil where none has.
    var newestDay: Day? {
        for run in runs.reversed() {
            for leaf in run.leaves.reversed() {
                if let day = leaf.day { return day }
            }
        }
        return nil
    }

    /// How many leaves the log has as far as this desk knows it.
    var size: UInt64 { runs.last?.end ?? start.size }

    /// Whether the leaf of an index was never held.
    func isNew(_ index: UInt64) -> Bool {
        !hasBegun || index >= size || (index < start.size && !isErased)
    }

    /// All leaves with their index, from ``start`` on.
    var leaves: some Sequence<(index: UInt64, leaf: Leaf)> {
        runs.lazy.flatMap { run in
            run.leaves.enumerated().lazy.map { (run.before.size + UInt64($0.offset), $0.element) }
        }
    }

    /// The leaf of an index, or nil when it is not held.
    func leaf(at index: UInt64) -> Leaf? {
        guard let run = run(before: index), index < run.end else { return nil }
        return run.leaves[Int(index - run.before.size)]
    }

    /// The hashes of the leaves from one index up to, not with, another; only those held.
    func leafHashes(from: UInt64, to: UInt64) -> [Digest] {
        leaves.lazy.drop { $0.index < from }.prefix { $0.index < to }.map(\.leaf.hash)
    }

    /// The tree of a size from ``start`` to ``size``, or nil outside.
    func tree(of size: UInt64) -> MerkleTree? {
        if size == start.size { return start }
        guard let run = run(before: size), size <= run.end else { return nil }
        return run.tree(before: size)
    }

    /// The last run that begins at or before an index.
    private func run(before index: UInt64) -> LeavesRecord? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].before.size <= index { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : runs[low - 1]
    }
}
