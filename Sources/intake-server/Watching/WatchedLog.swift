import SealedIntake

/// The checkpoints and the two newest months of a log, as they stood at one moment.
struct WatchedLog {
    private let list: CheckpointList
    private let run: LogRun

    /// Fetches; where a close or a stick came between, once more.
    /// - Throws: ``WatchError``.
    init(site: Curl, today: Day) throws(WatchError) {
        var before = try site.get("/v1/log/checkpoint", type: Resource.binary)
        for _ in 0..<3 {
            let last = try Self.month(today.month.previous, of: site)
            let this = try Self.month(today.month, of: site)
            let after = try site.get("/v1/log/checkpoint", type: Resource.binary)
            if before == after {
                run = try Self.joined(last, this)
                do throws(NoteError) {
                    list = try CheckpointList(bytes: after)
                } catch {
                    throw .checkpoint(error)
                }
                return
            }
            before = after
        }
        throw .restless
    }

    /// The newest day closed in these months.
    var closedThrough: Day? { run.newestDay }

    /// Holds the log to its keys in the directory, and the directory to the log.
    /// - Throws: ``WatchError``; signatures before roots, roots before entries.
    func check(_ directory: VerifiedDirectory) throws(WatchError) -> Checkpoint {
        let newest = try verified(list.newest, by: directory.directory).checkpoint
        try checkCosignatures(directory.directory)
        guard run.end == newest.size, run.agrees(with: newest) else { throw .otherRoot }
        if let logged = run.newestDirectory, let serial = logged.number {
            let served = directory.directory.serial
            guard served > serial || served == serial && directory.digest == logged.digest else {
                throw .olderThanLogged(served: served, logged: serial)
            }
        }
        return newest
    }

    /// Last month and this one.
    private static func joined(_ last: LogRun, _ this: LogRun) throws(WatchError) -> LogRun {
        var run = last
        do throws(LogRunError) {
            try run.append(this)
        } catch {
            throw .otherRoot
        }
        return run
    }

    private func checkCosignatures(_ directory: Directory) throws(WatchError) {
        guard list.cosigned.count == directory.organisations.count else { throw .otherCount }
        for (organisation, note) in zip(directory.organisations, list.cosigned) {
            guard let note else { continue }
            let checkpoint = try verified(note, by: directory)
            guard case .some = try? checkpoint.cosigned(by: organisation.deskKeys) else {
                throw .cosignature(organisation.id)
            }
        }
    }

    private func verified(
        _ note: SignedNote,
        by directory: Directory
    ) throws(WatchError) -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: directory.deployment,
                logKeys: directory.logKeys
            )
        } catch {
            throw .checkpoint(error)
        }
    }

    private static func month(_ month: Month, of site: Curl) throws(WatchError) -> LogRun {
        let path = "/v1/log/\(month.description)"
        let bytes = try site.get(path, type: Resource.binary)
        do throws(MonthFileError) {
            return try LogRun(monthFile: bytes)
        } catch {
            throw .month(month, error)
        }
    }
}
