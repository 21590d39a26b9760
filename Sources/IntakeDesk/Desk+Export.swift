import SealedIntake

/// What was written to the stick.
public struct ExportOutcome: Equatable, Sendable {
    /// Replies to reporters.
    public let replies: Int
    /// Replies nobody can open, which hide that number.
    public let fillers: Int
    /// How many leaves this desk holds.
    public let have: UInt64
    /// How many it confirms, 0 when it never did.
    public let acknowledged: UInt64
}

extension Desk {
    /// Rows travel in multiples of this, at least this many.
    static let replyBatch = 4

    /// Writes the out-bundle: every reply the log does not have yet, fillers, the acknowledgement
    /// and the cosigned checkpoint.
    ///
    /// While nothing changes, the same bytes are written every time.
    /// - Throws: ``RequestFault/nothingImported``, ``ContainerFault/checkpointNotTrusted``,
    ///   ``FileFault``.
    public func export(to path: String) throws(DeskError) -> ExportOutcome {
        let (bytes, outcome) = try vault.write { cells throws(DeskError) in
            let checkpoints = try Checkpoints(reading: cells)
            let trust = try DirectoryTrust(reading: cells, identity: identity)
            guard let directory = trust.trusted?.directory,
                let note = checkpoints.cosigned ?? checkpoints.newest
            else { throw .request(.nothingImported) }
            let checkpoint = try trusted(note, logKeys: directory.logKeys)
            let waiting = try waitingReplies(in: cells)
            let have = try HeldLog(reading: cells).size
            let bytes = try bundle(
                of: waiting,
                checkpoint: checkpoint,
                isCosigned: checkpoints.cosigned != nil,
                have: have,
                in: cells
            )
            let fillers = waiting.count { $0.record.isFiller }
            return (
                bytes,
                ExportOutcome(
                    replies: waiting.count - fillers,
                    fillers: fillers,
                    have: have,
                    acknowledged: checkpoints.cosignedSize
                )
            )
        }
        try OutputFile.write(bytes, to: path)
        return outcome
    }

    private func trusted(
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

    /// Replies and fillers not seen in the log, filled up where their number asks for it.
    private func waitingReplies(
        in cells: VaultCells
    ) throws(DeskError) -> [(row: Int64, record: ReplyRecord)] {
        var waiting = try cells.records(ReplyRecord.self).filter { $0.record.sighting == nil }
        while waiting.isEmpty || waiting.count % Self.replyBatch != 0 {
            let filler = ReplyFiller.random()
            let row = try cells.append(
                to: .reply,
                [
                    .record: filler.record.bytes, .frame: filler.frame,
                    .envelope: filler.envelope.bytes,
                ]
            )
            waiting.append((row, filler.record))
        }
        return waiting
    }

    private func bundle(
        of waiting: [(row: Int64, record: ReplyRecord)],
        checkpoint: VerifiedCheckpoint,
        isCosigned: Bool,
        have: UInt64,
        in cells: VaultCells
    ) throws(DeskError) -> [UInt8] {
        var rows: [OutRow] = []
        var places: [Tag: Int64] = [:]
        for (row, record) in waiting {
            places[record.tag] = row
            rows.append(
                .reply(
                    organisation,
                    shardByte: record.shardByte,
                    tag: record.tag,
                    digest: record.envelope
                )
            )
        }
        let sorted = OutBundle.sorted(rows)
        let size = checkpoint.checkpoint.size
        let acknowledged = OutBundle.Acknowledgement(size: size, root: checkpoint.checkpoint.root)
        var bytes = OutBundle.head(
            checkpoint: checkpoint,
            organisation: organisation,
            have: have,
            acknowledgement: isCosigned ? acknowledged : .none,
            rows: sorted,
            signer: try identity.signer(from: cells)
        )
        for row in sorted {
            bytes += try cells.cell(.reply, row: places[row.tag] ?? 0, .envelope)
        }
        return bytes
    }
}
