import IntakeConsole
import IntakeStore
import SealedIntake

/// Looks whether a server takes reports and whether they reach the desks.
struct Examination: Sendable {
    let store: Store
    let logKey: LogKey
    let promiseKey: PromiseKey?
    let mark: HighWaterMark
    /// The roots file of the folder, where there is one.
    let roots: Roots?
    /// SHA-256 of the decision tree served; nil where there is none.
    let tree: Digest?
    let leastFreeBytes: UInt64

    /// The directory is told of so many days before its last.
    static let noticeDays: UInt32 = 30

    /// A close may take so long before it is late, in seconds.
    private static let patience: UInt64 = 600

    /// Everything that is wrong when the machine's clock says `clock`.
    func findings(at clock: UInt64) -> [Finding] {
        do {
            _ = try store.newestPublication()
            return disk + (try closing(clock)) + self.clock(clock) + directory(clock) + keys
        } catch {
            let clause = (error as? any Refusal)?.clause ?? "the store cannot be read"
            return [Finding(.store, clause, "look at the disk, then intake-server check")]
        }
    }

    private var disk: [Finding] {
        guard let free = store.freeBytes, free < leastFreeBytes else { return [] }
        let (has, least) = (free >> 20, leastFreeBytes >> 20)
        return [
            Finding(
                .disk,
                "\(has) MiB are free on the disk of the store, below \(least) nothing is taken",
                "make room: phones keep what was written and send it again by themselves"
            )
        ]
    }

    /// Days that should be closed and are not, with the reason.
    private func closing(_ clock: UInt64) throws -> [Finding] {
        let seconds = store.reckoning(at: clock).seconds
        let due = Closing.lastDay(at: seconds - min(seconds, Self.patience))
        let advice = "until then nothing new reaches the desks"
        do {
            try store.checkCanClose(logKey: logKey, mark: mark)
        } catch let refusal as any Refusal {
            let hint = refusal.hint ?? "see \"When something is wrong\" in operating.md"
            return [Finding(.closing, "past days are not closed: \(refusal.clause)", hint)]
        }
        let open = try store.oldestOpenDay()
        guard open <= due else { return [] }
        return [
            Finding(
                .closing,
                "the days since \(open.description) are not closed, they must be",
                "serve closes them, or intake-server close-day; " + advice
            )
        ]
    }

    private func clock(_ clock: UInt64) -> [Finding] {
        store.reckoning(at: clock).errors.map { error in
            var isFailing = true
            if case .beforeLog = error { isFailing = false }
            if case .explainedLater = error { isFailing = false }
            let hint = error.hint ?? "set the clock right"
            return Finding(.clock, isFailing: isFailing, error.clause, hint)
        }
    }

    private func directory(_ clock: UInt64) -> [Finding] {
        guard let directory = store.publication.directory?.directory else {
            let clause = "no directory is installed, nobody can report before there is one"
            return [Finding(.directory, clause, "intake-server directory")]
        }
        let today = Day(unixSeconds: store.reckoning(at: clock).served)
        let advice = "ask the people of the directory roots for a new one now"
        var findings: [Finding] = []
        if let roots, !store.isDirectorySigned(by: roots) {
            let clause = "the directory in the store is not signed by the roots, pages refuse it"
            findings.append(
                Finding(.directory, clause, "install it again: intake-server directory")
            )
        }
        if today > directory.expires {
            let clause =
                "the directory has expired on \(directory.expires.description), nobody can report"
            findings.append(Finding(.directory, clause, advice))
        } else if today.adding(Self.noticeDays) > directory.expires {
            let clause =
                "the directory expires on \(directory.expires.description), then nobody can report"
            findings.append(Finding(.directory, isFailing: false, clause, advice))
        }
        if tree != directory.treeDigest {
            findings.append(
                Finding(
                    .tree,
                    "the decision tree is not the one of the directory, pages refuse it",
                    "put the tree of this directory into the folder and start again"
                )
            )
        }
        return findings
    }

    private var keys: [Finding] {
        guard let promiseKey else {
            return [
                Finding(
                    .promiseKey,
                    "there is no promise.key, it must be there before reports are taken",
                    "intake-server promise-key"
                )
            ]
        }
        do {
            try store.check(promiseKey)
            return []
        } catch {
            let clause = (error as? any Refusal)?.clause ?? "the promise key cannot be looked at"
            return [Finding(.promiseKey, clause, "a directory that lists it")]
        }
    }
}
