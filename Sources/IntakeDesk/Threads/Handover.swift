import SealedIntake

/// Transfers what a reporter wrote in one thread, to an organisation they agreed to.
struct Handover {
    private let contents: ThreadContents
    private let cells: VaultCells
    private let identity: DeskIdentity
    private var sealed: [OrganisationID: [TransferRecord]] = [:]

    /// Reads what was transferred of a thread before.
    init(
        of contents: ThreadContents,
        in cells: VaultCells,
        identity: DeskIdentity
    ) throws {
        self.contents = contents
        self.cells = cells
        self.identity = identity
        for (_, record) in try cells.records(TransferRecord.self)
        where record.threadRow == contents.row {
            sealed[record.organisation, default: []].append(record)
        }
    }

    /// What was sealed to an organisation so far.
    func sealed(to other: OrganisationID) -> [TransferRecord] { sealed[other] ?? [] }

    /// The thread's own messages that were not sealed to an organisation yet.
    func open(for other: OrganisationID) -> [(row: Int64, record: MessageRecord)] {
        let before = Set(sealed(to: other).map(\.content))
        return contents.ownMessages.filter { !before.contains($0.record.content) }
    }

    /// Seals every open message to the organisation a consent names, to be exported.
    /// - Returns: how many that were.
    func seal(
        with consent: Consent,
        to key: SealingPublicKey,
        today: Day
    ) throws -> Int {
        let other = consent.organisation
        let open = open(for: other)
        let desk = try identity.signer(from: cells)
        let consentFrame = try reporterFrame(row: consent.row)
        for (row, message) in open {
            let frame = TransferredMessage.frame(
                to: other,
                message: try reporterFrame(row: row),
                consent: consentFrame,
                signedBy: desk.pair
            )
            let envelope = Envelope.text(frame, to: key, second: .decoy)
            let record = TransferRecord(
                of: contents.row,
                to: other,
                content: message.content,
                day: today,
                envelope: envelope
            )
            _ = try cells.append(
                to: .transfer,
                [.record: record.bytes, .envelope: envelope.bytes]
            )
            try cells.note(JournalEntry(.transferred, today, digest: envelope.digest))
        }
        return open.count
    }

    /// The frame as the reporter signed it, without what fills it up.
    private func reporterFrame(row: Int64) throws -> [UInt8] {
        let plaintext = try cells.cell(.message, row: row, .frame)
        guard let frame = try? Frame(bytes: plaintext, magic: .reporter) else {
            throw VaultError.unreadableRecord(table: "message", row: row)
        }
        return frame.transferred
    }
}
