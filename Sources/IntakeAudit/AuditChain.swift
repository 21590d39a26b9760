import SealedIntake

/// The months held, joined to one log: its closes, and its root wherever one ended.
struct AuditChain {
    /// The leaves of one close.
    struct Close {
        /// In whose file it stands.
        let month: Month
        /// The position of its first leaf.
        let first: UInt64
        /// The last one ends a day, but for a file that is cut.
        let leaves: ArraySlice<Leaf>
    }

    /// The position of the first leaf held.
    let first: UInt64
    /// The closes in order.
    private(set) var closes: [Close] = []
    /// How many entries the log has.
    private(set) var size: UInt64

    private var trees: [UInt64: MerkleTree]

    /// Joins the months.
    /// - Throws: ``AuditError/missing(_:)`` for a month between two others,
    ///   ``AuditError/emptied(_:before:)``, ``AuditError/gap(_:at:expected:)``,
    ///   ``AuditError/otherSubtrees(_:)``.
    init(_ months: [(month: Month, file: MonthFile)]) throws(AuditError) {
        // Erased months have roots only, and lie before everything that is held.
        guard let start = months.first(where: { !$0.file.leaves.isEmpty }) ?? months.last else {
            throw .missing("log/YYYY-MM")
        }
        var tree = start.file.before
        first = tree.size
        size = tree.size
        trees = [tree.size: tree]
        var previous: Month?
        for (month, file) in months {
            if let previous, previous.next != month {
                throw .missing("log/\(previous.next.description)")
            }
            previous = month
            guard month >= start.month else {
                let isErased = Self.isErased(month, by: months.last?.month)
                guard isErased ? file.first <= first : file.before == tree else {
                    throw .emptied(month, before: first)
                }
                continue
            }
            guard file.first == tree.size else {
                throw .gap(month, at: file.first, expected: tree.size)
            }
            guard file.before == tree else { throw .otherSubtrees(month) }
            append(file, of: month, to: &tree)
        }
        size = tree.size
    }

    /// The tree after a close that ended at a size, or where the log begins; nil for any other.
    func tree(at size: UInt64) -> MerkleTree? { trees[size] }

    /// The hashes of the entries from the end of a close on.
    func hashes(from size: UInt64) -> [Digest] {
        closes.filter { $0.first >= size }.flatMap { $0.leaves.map(\.hash) }
    }

    /// Whether a month may have lost its leaves, which leaves roots only.
    private static func isErased(_ month: Month, by last: Month?) -> Bool {
        last.map { Keeping.isOver(month, in: $0) } ?? false
    }

    private mutating func append(_ file: MonthFile, of month: Month, to tree: inout MerkleTree) {
        var start = file.leaves.startIndex
        for (place, leaf) in file.leaves.enumerated() {
            tree.append(leaf.hash)
            guard leaf.type == .dayEnd || place == file.leaves.count - 1 else { continue }
            let leaves = file.leaves[start...place]
            let first = tree.size - UInt64(leaves.count)
            closes.append(Close(month: month, first: first, leaves: leaves))
            if leaf.type == .dayEnd { trees[tree.size] = tree }
            start = place + 1
        }
    }
}
