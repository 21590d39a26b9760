import IntakeConsole
import SealedIntake

/// What was written to the stick.
public struct ExportOutcome: Equatable, Sendable {
    /// All rows, of whatever kind.
    public let rows: Int
    /// Replies to reporters.
    public let replies: Int
    /// Replies nobody can open, which hide that number.
    public let fillers: Int
    /// Messages transferred to other organisations.
    public let transferred: Int
    /// Pieces of attachments that are asked for.
    public let piecesWanted: Int
    /// Replies that are withdrawn.
    public let withdrawals: Int
    /// How many leaves this desk holds.
    public let have: UInt64
    /// How many it confirms, 0 when it never did.
    public let acknowledged: UInt64
    /// What a person must know.
    public let alarms: [Alarm]
}

extension Desk {
    /// Writes the out-bundle: everything the log does not have yet, fillers, the acknowledgement
    /// and the cosigned checkpoint.
    ///
    /// While nothing changes, the same bytes are written every time.
    /// - Throws: ``NothingImportedError``, ``ContainerError/checkpointNotTrusted``,
    ///   ``FileError``.
    public func export(to path: String, today: Day) throws -> ExportOutcome {
        var file = try OutputFile(path)
        let (bytes, outcome) = try write { books in
            try outBundle(in: books, today: today)
        }
        try file.finish(bytes)
        try AfterwardsError.telling("\"\(path)\" is written and whole") {
            try note(bytes, outcome, as: .exported, today: today)
        }
        return outcome
    }

    /// The whole out-bundle, and what is in it; `loggedSince` as in ``Outgoing``.
    func outBundle(
        in books: Books,
        today: Day,
        loggedSince: Day? = nil
    ) throws -> ([UInt8], ExportOutcome) {
        let cells = books.cells
        let checkpoints = try books.checkpoints()
        let directory = try books.directory()
        guard let note = checkpoints.cosigned ?? checkpoints.newest else {
            throw NothingImportedError()
        }
        let outgoing = try Outgoing(
            from: cells,
            organisation: organisation,
            directory: directory,
            today: today,
            loggedSince: loggedSince
        )
        let held = try books.log()
        let head = try head(
            of: outgoing,
            checkpoint: try trusted(note, logKeys: directory.logKeys),
            isCosigned: checkpoints.cosigned != nil,
            have: held.run.end,
            shards: directory.shards,
            in: cells
        )
        try noteSent(
            outgoing.rows,
            acknowledging: checkpoints.cosignedSize,
            held: held,
            today: today,
            in: cells
        )
        let outcome = ExportOutcome(
            rows: outgoing.rows.count,
            replies: outgoing.replies,
            fillers: outgoing.replyFillers,
            transferred: outgoing.transferred,
            piecesWanted: outgoing.piecesWanted,
            withdrawals: outgoing.withdrawals,
            have: held.run.end,
            acknowledged: checkpoints.cosignedSize,
            alarms: try alarms(today: today, in: books)
        )
        return (head + (try outgoing.objects()), outcome)
    }

    private func head(
        of outgoing: Outgoing,
        checkpoint: VerifiedCheckpoint,
        isCosigned: Bool,
        have: UInt64,
        shards: UInt32,
        in cells: VaultCells
    ) throws -> [UInt8] {
        let cosigned = OutBundle.Acknowledgement(
            size: checkpoint.checkpoint.size,
            root: checkpoint.checkpoint.root
        )
        return OutBundle.head(
            checkpoint: checkpoint,
            organisation: organisation,
            have: have,
            shards: shards,
            acknowledgement: isCosigned ? cosigned : .none,
            rows: outgoing.rows,
            signer: try identity.signer(from: cells)
        )
    }

    func trusted(
        _ note: SignedNote,
        logKeys: [VerifierKey]
    ) throws -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: identity.deployment,
                logKeys: logKeys
            )
        } catch {
            throw ContainerError.checkpointNotTrusted
        }
    }
}
