import SealedIntake

/// The months held, joined to one run of the log, and its closes.
struct AuditChain {
    /// The leaves of one close.
    struct Close {
        /// In whose file it stands.
        let month: Month
        /// The index of its first leaf.
        let first: UInt64
        /// One behind the index of its last, which ends a day, but for a file that is cut.
        let end: UInt64
    }

    /// The leaves of all months.
    let run: LogRun
    /// The closes in order.
    private(set) var closes: [Close] = []
    /// Where a close ends, or the run begins.
    private var ends: Set<UInt64> = []

    /// Joins the months.
    /// - Throws: ``AuditError/missing(_:)`` for a month between two others,
    ///   ``AuditError/emptied(_:before:)``, ``AuditError/otherStart(_:at:expected:)``,
    ///   ``AuditError/otherSubtrees(_:)``.
    init(_ months: [(month: Month, run: LogRun)]) throws(AuditError) {
        // Erased months have roots only, and lie before everything that is held.
        guard let start = months.first(where: { !$0.run.leaves.isEmpty }) ?? months.last else {
            throw .missing("log/YYYY-MM")
        }
        var run = LogRun(before: start.run.before, leaves: [])
        var previous: Month?
        for (month, next) in months {
            if let previous, previous.next != month {
                throw .missing("log/\(previous.next.description)")
            }
            previous = month
            guard month >= start.month else {
                let isErased = Self.isErased(month, by: months.last?.month)
                guard isErased ? next.first <= run.first : next.before == run.before else {
                    throw .emptied(month, before: run.first)
                }
                continue
            }
            do throws(LogRunError) {
                try run.append(next)
            } catch {
                throw AuditError(month, error)
            }
        }
        self.run = run
        ends = [run.first]
        for (month, run) in months where month >= start.month { split(run, of: month) }
    }

    /// The leaves of a close.
    func leaves(of close: Close) -> ArraySlice<Leaf> { run[close.first, close.end] }

    /// The tree after a close that ended at a size, or where the run begins; nil for any other.
    func tree(at size: UInt64) -> MerkleTree? { ends.contains(size) ? run.tree(at: size) : nil }

    /// Whether a month may have lost its leaves, which leaves roots only.
    private static func isErased(_ month: Month, by last: Month?) -> Bool {
        last.map { Keeping.isOver(month, in: $0) } ?? false
    }

    private mutating func split(_ run: LogRun, of month: Month) {
        var first = run.first
        for (index, leaf) in run.indexed where leaf.type == .dayEnd || index + 1 == run.end {
            closes.append(Close(month: month, first: first, end: index + 1))
            first = index + 1
            if leaf.type == .dayEnd { ends.insert(first) }
        }
    }
}
