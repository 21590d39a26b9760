import SealedIntake

/// What was written to the stick.
public struct ExportOutcome: Equatable, Sendable {
    /// Replies to reporters.
    public let replies: Int
    /// Replies nobody can open, which hide that number.
    public let fillers: Int
    /// Messages handed on to other organisations.
    public let handedOn: Int
    /// Pieces of attachments that are asked for.
    public let piecesWanted: Int
    /// Replies that are taken back.
    public let withdrawals: Int
    /// How many leaves this desk holds.
    public let have: UInt64
    /// How many it confirms, 0 when it never did.
    public let acknowledged: UInt64
}

extension Desk {
    /// Writes the out-bundle: everything the log does not have yet, fillers, the acknowledgement
    /// and the cosigned checkpoint.
    ///
    /// While nothing changes, the same bytes are written every time.
    /// - Throws: ``RequestFault/nothingImported``, ``ContainerFault/checkpointNotTrusted``,
    ///   ``FileFault``.
    public func export(to path: String, today: Day) throws(DeskError) -> ExportOutcome {
        let (bytes, outcome) = try vault.write { cells throws(DeskError) in
            try outBundle(in: cells, today: today)
        }
        try OutputFile.write(bytes, to: path)
        return outcome
    }

    /// The whole out-bundle, and what is in it; `loggedSince` as in ``Outgoing``.
    func outBundle(
        in cells: VaultCells,
        today: Day,
        loggedSince: Day? = nil
    ) throws(DeskError) -> ([UInt8], ExportOutcome) {
        let checkpoints = try Checkpoints(reading: cells)
        let trust = try DirectoryTrust(reading: cells, identity: identity)
        guard let directory = trust.trusted?.directory,
            let note = checkpoints.cosigned ?? checkpoints.newest
        else { throw .request(.nothingImported) }
        let outgoing = try Outgoing(
            from: cells,
            organisation: organisation,
            directory: directory,
            today: today,
            loggedSince: loggedSince
        )
        let have = try HeldLog(reading: cells).size
        let checkpoint = try trusted(note, logKeys: directory.logKeys)
        let cosigned = OutBundle.Acknowledgement(
            size: checkpoint.checkpoint.size,
            root: checkpoint.checkpoint.root
        )
        let head = OutBundle.head(
            checkpoint: checkpoint,
            organisation: organisation,
            have: have,
            acknowledgement: checkpoints.cosigned == nil ? .none : cosigned,
            rows: outgoing.rows,
            signer: try identity.signer(from: cells)
        )
        let outcome = ExportOutcome(
            replies: outgoing.replies,
            fillers: outgoing.replyFillers,
            handedOn: outgoing.handedOn,
            piecesWanted: outgoing.piecesWanted,
            withdrawals: outgoing.withdrawals,
            have: have,
            acknowledged: checkpoints.cosignedSize
        )
        return (head + (try outgoing.objects()), outcome)
    }

    func trusted(
        _ note: SignedNote,
        logKeys: [VerifierKey]
    ) throws(DeskError) -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: identity.deployment,
                logKeys: logKeys
            )
        } catch {
            throw .container(.checkpointNotTrusted)
        }
    }
}
