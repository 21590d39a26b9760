import IntakeOpening
import SealedIntake

/// Opens what a verified bundle brought and files it, within one transaction of the vault.
///
/// Nothing a reporter sends stops it: what cannot be opened or admitted is filed as unreadable.
struct Filing {
    /// What was filed so far.
    private(set) var messages = 0
    private(set) var unreadable = 0
    private(set) var trust: DirectoryTrust

    private let cells: VaultCells
    private let identity: DeskIdentity
    private let held: HeldLog
    private let days: LeafDays
    private let today: Day
    private var book: AdmissionBook
    private var watch: LogWatch
    private var replies: [Tag: (row: Int64, record: ReplyRecord)] = [:]
    private var gaps: [UInt64: (row: Int64, record: GapRecord)] = [:]
    private var pieces: [Digest: (row: Int64, record: PieceRecord)] = [:]
    private var heldPieces: Set<Digest> = []

    /// Reads what the vault holds before the bundle.
    init(
        of bundle: InBundle,
        into cells: VaultCells,
        identity: DeskIdentity,
        held: HeldLog,
        trust: DirectoryTrust,
        today: Day
    ) throws(DeskError) {
        self.cells = cells
        self.identity = identity
        self.held = held
        self.trust = trust
        self.today = today
        days = LeafDays(of: bundle, fallback: today)
        book = try AdmissionBook(reading: cells)
        watch = LogWatch(of: held, organisation: identity.organisation)
        for entry in try cells.records(ReplyRecord.self) where entry.record.sighting == nil {
            replies[entry.record.tag] = entry
        }
        for entry in try cells.records(GapRecord.self) where !entry.record.isFilled {
            gaps[entry.record.leafIndex] = entry
        }
        for entry in try cells.records(PieceRecord.self) {
            if entry.record.isHeld {
                heldPieces.insert(entry.record.envelope)
            } else {
                pieces[entry.record.envelope] = entry
            }
        }
    }

    /// Own objects that are in the log and not held.
    var missing: [GapRecord] {
        gaps.values.map(\.record).filter(\.isOpen).sorted { $0.leafIndex < $1.leafIndex }
    }

    /// Pieces that messages name and no bundle brought.
    var missingPieces: Int { pieces.count }

    /// Files one leaf and its object.
    mutating func file(index: UInt64, leaf: Leaf, object: [UInt8]?) throws(DeskError) {
        let isNew = !held.hasBegun || index < held.start.size || index >= held.size
        if leaf.type == .directory {
            try see(leaf, note: object, index: index, isNew: isNew)
        }
        guard leaf.organisation == identity.organisation else { return }
        switch leaf.type {
        case .submission, .overdue, .transferred:
            try fileOwn(index: index, leaf: leaf, object: object, isNew: isNew)
        case .reply:
            try sight(leaf, at: index)
        case .acknowledgement:
            guard isNew, let alarm = watch.seeAcknowledgement(leaf, at: index, today: today)
            else { return }
            _ = try cells.append(alarm)
        case .directory, .dayEnd, .withdrawal:
            return
        }
    }

    /// Files a piece, if a message names it and it was not here yet.
    mutating func file(piece: Digest, object: [UInt8]?) throws(DeskError) {
        guard let object, let (row, found) = pieces[piece] else { return }
        var record = found
        record.isHeld = true
        try cells.replace(row: row, with: record)
        try cells.replace(.piece, row: row, .envelope, with: object)
        pieces[piece] = nil
        heldPieces.insert(piece)
    }

    private mutating func see(
        _ leaf: Leaf,
        note: [UInt8]?,
        index: UInt64,
        isNew: Bool
    ) throws(DeskError) {
        let refused = trust.see(leaf, note: note)
        guard isNew else { return }
        if let fell = watch.seeDirectory(leaf, at: index, today: today) {
            _ = try cells.append(fell)
        }
        guard let refused else { return }
        let alarm = AlarmRecord(
            kind: refused,
            leafIndex: index,
            found: leaf.number ?? 0,
            before: trust.serial,
            noted: today
        )
        _ = try cells.append(alarm)
    }

    /// Notes that the log has a reply of ours.
    private mutating func sight(_ leaf: Leaf, at index: UInt64) throws(DeskError) {
        guard let (row, found) = replies[leaf.tag], found.envelope == leaf.digest else { return }
        var record = found
        record.sighting = ReplyRecord.Sighting(leafIndex: index, day: days[index])
        try cells.replace(row: row, with: record)
        replies[leaf.tag] = nil
    }

    /// Files an object of ours, or notes that it is missing.
    private mutating func fileOwn(
        index: UInt64,
        leaf: Leaf,
        object: [UInt8]?,
        isNew: Bool
    ) throws(DeskError) {
        guard let object else {
            guard isNew else { return }
            let gap = GapRecord(leafIndex: index, day: days[index], object: leaf.digest)
            gaps[index] = (try cells.append(gap), gap)
            return
        }
        if !isNew {
            guard let (row, found) = gaps[index] else { return }
            var record = found
            record.isFilled = true
            try cells.replace(row: row, with: record)
            gaps[index] = nil
        }
        try fileEnvelope(object, leaf: leaf, index: index)
    }

    private mutating func fileEnvelope(
        _ envelope: [UInt8],
        leaf: Leaf,
        index: UInt64
    ) throws(DeskError) {
        guard leaf.type == .submission else {
            try fileUnreadable(envelope, leaf, index, .leafOfLaterVersion)
            return
        }
        let admitted: AdmittedMessage
        do throws(MessageFault) {
            admitted = try AdmittedMessage(
                envelope: envelope,
                tag: leaf.tag,
                organisation: identity.organisation,
                ring: identity.ring
            )
        } catch {
            guard let reason = UnreadableReason(error) else { return }
            try fileUnreadable(envelope, leaf, index, reason)
            return
        }
        try fileMessage(admitted, envelope, leaf, index)
    }

    private mutating func fileMessage(
        _ admitted: borrowing AdmittedMessage,
        _ envelope: [UInt8],
        _ leaf: Leaf,
        _ index: UInt64
    ) throws(DeskError) {
        switch try book.place(admitted, in: cells) {
        case .failure(let refusal):
            try fileUnreadable(envelope, leaf, index, refusal.reason)
        case .success(let threadRow):
            let record = MessageRecord(
                threadRow: threadRow,
                leafIndex: index,
                day: days[index],
                slot: admitted.message.slot,
                kind: admitted.message.kind,
                envelope: leaf.digest
            )
            _ = try cells.append(
                to: .message,
                [.record: record.bytes, .frame: admitted.plaintext]
            )
            messages += 1
            try expectPieces(of: admitted.message)
        }
    }

    /// Notes the pieces a message names, so that they are taken when they come.
    private mutating func expectPieces(of message: ReporterMessage) throws(DeskError) {
        for piece in message.attachments.flatMap(\.pieces) {
            let record = PieceRecord(envelope: piece.digest)
            guard pieces[piece.digest] == nil, !heldPieces.contains(piece.digest) else { continue }
            let row = try cells.append(to: .piece, [.record: record.bytes, .envelope: []])
            pieces[piece.digest] = (row, record)
        }
    }

    private mutating func fileUnreadable(
        _ envelope: [UInt8],
        _ leaf: Leaf,
        _ index: UInt64,
        _ reason: UnreadableReason
    ) throws(DeskError) {
        let record = UnreadableRecord(
            leafIndex: index,
            day: days[index],
            reason: reason,
            envelope: leaf.digest
        )
        _ = try cells.append(
            to: .unreadable,
            [.record: record.bytes, .envelope: envelope]
        )
        unreadable += 1
    }
}
