import IntakeConsole
import SealedIntake

/// Verifies months of public files: anybody can, with nothing but them and the roots file.
///
/// Signed roots come before what the leaves say, so that a damaged file is not taken for a lie.
/// - SeeAlso: `docs/audit.md`.
public struct Audit {
    private let folder: AuditFolder
    private let directories: AuditDirectories
    private let chain: AuditChain

    /// Reads a folder; `roots` are the contents of roots files, and may be none.
    /// - Throws: ``AuditError``, ``DirectoryError``, ``FileError``.
    public init(folder path: String, roots: [String]) throws {
        folder = try AuditFolder(path: path)
        var known: [Roots] = []
        for file in roots { known.append(try Self.roots(file)) }
        directories = try AuditDirectories(folder: folder, roots: known)
        var months: [(month: Month, run: LogRun)] = []
        for month in folder.months { months.append((month, try Self.month(month, in: folder))) }
        chain = try AuditChain(months)
    }

    /// Checks all there is, and says how reports were picked up.
    ///
    /// `today` is the auditor's day. Where two signed checkpoints contradict each other, a file
    /// that proves it to others is written to `proof`.
    /// - Throws: ``AuditError``, ``FileError``; signatures and roots before the leaves, the
    ///   leaves before the drop.
    public func run(today: Day, proof: String? = nil) throws -> AuditReport {
        if let proof { try PlainFile.check(proof) }
        var checkpoints = CheckpointAudit(chain: chain, directories: directories)
        var closes = CloseAudit(chain: chain, directories: directories)
        let lists = try lists()
        do throws(AuditError) {
            try checkpoints.check(lists)
            try closes.check()
        } catch {
            if let proof, let contradiction = checkpoints.contradiction {
                try OutputFile.write(contradiction.bytes, to: proof)
            }
            throw error
        }
        if folder.hasDrop, let day = closes.rules.day {
            let drop = try DropAudit(folder: folder, shards: directories.newest.shards)
            try drop.check(closes.rules.replies.entries, on: day)
        }
        return report(checkpoints, closes, today: today)
    }

    private func lists() throws -> [(name: String, list: CheckpointList)] {
        guard folder.checkpoints.first == "log/checkpoint" else {
            throw AuditError.missing("log/checkpoint")
        }
        var lists: [(name: String, list: CheckpointList)] = []
        for name in folder.checkpoints {
            let bytes = try folder.bytes(name)
            do throws(NoteError) {
                lists.append((name, try CheckpointList(bytes: bytes)))
            } catch {
                throw AuditError.file(name, reason: error.clause)
            }
        }
        return lists
    }

    private func report(
        _ checkpoints: CheckpointAudit,
        _ closes: CloseAudit,
        today: Day
    ) -> AuditReport {
        let listed = directories.newest.organisations.map(\.id)
        let others = closes.rules.envelopes.keys.filter { !listed.contains($0) }.sorted()
        return AuditReport(
            deployment: directories.origin,
            months: folder.months,
            leaves: chain.run.first..<chain.run.end,
            closes: chain.closes.count,
            checkpoints: checkpoints.checked,
            through: closes.rules.day,
            pickups: (listed + others).map { id in
                let log = closes.rules.envelopes[id] ?? LoggedEnvelopes()
                let cosigned = checkpoints.cosigned[id]
                return AuditReport.Pickup(
                    organisation: id,
                    lastPickedUp: cosigned?.day,
                    medianDays: log.medianDays,
                    longestDays: log.longestDays,
                    waiting: log.waiting(behind: cosigned?.size ?? 0),
                    overdue: log.overdue
                )
            },
            notes: notes(checkpoints, closes, today: today)
        )
    }

    private func notes(
        _ checkpoints: CheckpointAudit,
        _ closes: CloseAudit,
        today: Day
    ) -> [AuditNote] {
        var notes: [AuditNote] = directories.isRooted ? [] : [.noRoots]
        if chain.run.first > 0 { notes.append(.beginsAt(chain.run.first)) }
        let unknown = closes.rules.unknownDirectories.count
        if unknown > 0 { notes.append(.directoriesNotHeld(unknown)) }
        if checkpoints.before > 0 { notes.append(.checkpointsBefore(checkpoints.before)) }
        if !folder.hasDrop { notes.append(.noDrop) }
        let expires = directories.newest.expires
        if let day = closes.rules.day {
            if expires < day { notes.append(.directoryExpired(expires)) }
            if today < day { notes.append(.logAhead(log: day, clock: today)) }
        }
        for id in directories.newest.organisations.map(\.id) {
            let shown = checkpoints.cosigned[id]?.size ?? 0
            let logged = closes.rules.envelopes[id]?.acknowledged ?? 0
            if logged > shown { notes.append(.cosignatureBehind(id)) }
        }
        let others = folder.unknown(shards: directories.newest.shards)
        return notes + others.map { .notLookedAt($0) }
    }

    private static func month(_ month: Month, in folder: AuditFolder) throws -> LogRun {
        let name = "log/\(month.description)"
        let bytes = try folder.bytes(name)
        do throws(MonthFileError) {
            return try LogRun(monthFile: bytes)
        } catch {
            throw AuditError.file(name, reason: error.clause)
        }
    }

    private static func roots(_ path: String) throws -> Roots {
        let bytes = try PlainFile.lines(of: path)
        return try Roots(bytes: bytes)
    }
}
