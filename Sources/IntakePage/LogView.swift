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

    /// The leaves in view.
    private(set) var run: LogRun

    /// The earliest month in view.
    private(set) var since: Month

    /// All checkpoints of which the roots must be those of these leaves.
    private let signed: [Checkpoint]

    /// Verifies list and months against each other and against the directory's keys.
    /// - Throws: ``OpeningRefusal/checkpoint`` for a signature, ``OpeningRefusal/log`` for a root.
    init(
        list: CheckpointList,
        lastMonth: LogRun,
        thisMonth: LogRun,
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
        run = lastMonth
        since = today.month.previous
        do throws(LogRunError) {
            try run.append(thisMonth)
        } catch {
            throw .log
        }
        guard checkpoint.size == run.end, Self.isSigned(run, signed) else { throw .log }
        newestDay = run.newestDay
        newestDirectory = run.newestDirectory
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

    /// Whether each signed checkpoint that is not before a run is of a beginning of it.
    private static func isSigned(_ run: LogRun, _ signed: [Checkpoint]) -> Bool {
        signed.allSatisfy { $0.size <= run.end && run.agrees(with: $0) }
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
    var reach: Reach { run.first == 0 ? .beginning : .more }

    /// Takes the month before the earliest one in view: it must end where that one begins.
    ///
    /// Leaves that were erased cannot be verified any more; that they were old enough for it can.
    /// - Throws: ``OpeningRefusal/log``.
    mutating func reach(
        back month: LogRun,
        today: Day
    ) throws(OpeningRefusal) -> Reach {
        if month.leaves.isEmpty, month.first < run.first {
            guard Keeping.isOver(since.previous, in: today.month) else { throw .log }
            return .erased
        }
        guard month.isWhole(since.previous) else { throw .log }
        var longer = month
        do throws(LogRunError) {
            try longer.append(run)
        } catch {
            throw .log
        }
        guard Self.isSigned(longer, signed) else { throw .log }
        run = longer
        since = since.previous
        return reach
    }
}
