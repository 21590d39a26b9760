import SealedIntake

/// The end of the public log, verified: months of leaves that give the signed roots.
struct LogView {
    /// What an organisation cosigned last.
    struct Cosigned {
        /// The size of that tree: all leaves below it are at the organisation.
        let size: UInt64

        /// The day.
        let day: Day
    }

    /// The newest checkpoint.
    let checkpoint: Checkpoint

    /// What each organisation cosigned last, nil where it never did; in the directory's order.
    let cosigned: [Cosigned?]

    /// The newest day that was closed, or nil when these months have none.
    let newestDay: Day?

    /// The newest directory that was logged, or nil when these months have none.
    let newestDirectory: Leaf?

    /// The tree before the first leaf in view.
    private(set) var before: MerkleTree

    /// The leaves in view, oldest first.
    private(set) var leaves: [Leaf]

    /// The earliest month in view.
    private(set) var since: Month

    /// All checkpoints of which the roots must be those of these leaves.
    private let signed: [Checkpoint]

    /// Verifies list and months against each other and against the directory's keys.
    /// - Throws: ``OpeningRefusal/checkpoint`` for a signature, ``OpeningRefusal/log`` for a root.
    init(
        list: CheckpointList,
        lastMonth: MonthFile,
        thisMonth: MonthFile,
        today: Day,
        directory: Directory
    ) throws(OpeningRefusal) {
        guard list.cosigned.count == directory.organisations.count else { throw .checkpoint }
        checkpoint = try Self.verified(list.newest, directory).checkpoint
        var cosigned: [Cosigned?] = []
        var signed = [checkpoint]
        for (note, organisation) in zip(list.cosigned, directory.organisations) {
            guard let note else {
                cosigned.append(nil)
                continue
            }
            let verified = try Self.verified(note, directory)
            guard let day = try? verified.cosigned(by: organisation.deskKeys) else {
                throw .checkpoint
            }
            signed.append(verified.checkpoint)
            cosigned.append(Cosigned(size: verified.checkpoint.size, day: day))
        }
        self.cosigned = cosigned
        self.signed = signed
        guard thisMonth.isWhole(today.month) || thisMonth.leaves.isEmpty,
            lastMonth.isWhole(today.month.previous)
        else { throw .log }
        guard try Self.end(of: lastMonth, signed) == thisMonth.before else { throw .log }
        let end = try Self.end(of: thisMonth, signed)
        for one in signed where one.size > end.size { throw .log }
        guard checkpoint.size == end.size else { throw .log }
        before = lastMonth.before
        since = today.month.previous
        leaves = lastMonth.leaves + thisMonth.leaves
        newestDay = leaves.last { $0.type == .dayEnd }?.day
        newestDirectory = leaves.last { $0.type == .directory }
    }

    private static func verified(
        _ note: SignedNote,
        _ directory: Directory
    ) throws(OpeningRefusal) -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: directory.deployment,
                logKeys: directory.logKeys
            )
        } catch {
            throw .checkpoint
        }
    }

    /// The tree at the end of a month; each signed checkpoint within it must be a beginning of it.
    private static func end(
        of month: MonthFile,
        _ signed: [Checkpoint]
    ) throws(OpeningRefusal) -> MerkleTree {
        var tree = month.before
        try check(tree, signed)
        for leaf in month.leaves {
            tree.append(leaf.hash)
            try check(tree, signed)
        }
        return tree
    }

    private static func check(
        _ tree: MerkleTree,
        _ signed: [Checkpoint]
    ) throws(OpeningRefusal) {
        for one in signed where one.size == tree.size {
            guard one.root == tree.root else { throw .log }
        }
    }
}

extension LogView {
    /// How far back one can look.
    enum Reach: Int {
        /// There may be a month before.
        case more = 0
        /// The log begins here.
        case beginning = 1
        /// The month before was erased, and all months before that one.
        case erased = 2
    }

    /// Whether there is anything before the first leaf in view.
    var reach: Reach { before.size == 0 ? .beginning : .more }

    /// Takes the month before the earliest one in view: it must end where that one begins.
    ///
    /// Leaves that were erased cannot be verified any more; that they were old enough for it can.
    /// - Throws: ``OpeningRefusal/log``.
    mutating func reach(
        back month: MonthFile,
        today: Day
    ) throws(OpeningRefusal) -> Reach {
        if month.leaves.isEmpty, month.before.size < before.size {
            guard Keeping.isOver(since.previous, in: today.month) else { throw .log }
            return .erased
        }
        guard month.isWhole(since.previous), try Self.end(of: month, signed) == before else {
            throw .log
        }
        before = month.before
        leaves = month.leaves + leaves
        since = since.previous
        return reach
    }
}
