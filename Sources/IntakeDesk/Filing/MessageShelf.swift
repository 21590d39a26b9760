import SealedIntake

/// Where messages, unreadable envelopes and pieces are put, and how many that were.
struct MessageShelf {
    /// What was put here so far.
    private(set) var messages = 0
    private(set) var unreadable = 0
    /// Pieces whose cell did not open, and that were put here again.
    private(set) var takenAgain = 0

    private let cells: VaultCells
    private var wanted: [Digest: (row: Int64, record: PieceRecord)] = [:]
    private var heldPieces: [Digest: Int64] = [:]

    /// Reads which pieces the vault holds and which it wants.
    init(reading cells: VaultCells) throws {
        self.cells = cells
        for entry in try cells.records(PieceRecord.self) {
            if entry.record.isHeld {
                heldPieces[entry.record.envelope] = entry.row
            } else {
                wanted[entry.record.envelope] = entry
            }
        }
    }

    /// Pieces that messages name and no bundle brought.
    var missingPieces: Int { wanted.count }

    /// Files a message; the pieces it names are expected from now on.
    /// - Returns: its row.
    mutating func put(
        _ record: MessageRecord,
        _ message: ReporterMessage,
        plaintext: [UInt8]
    ) throws -> Int64 {
        let row = try cells.append(to: .message, [.record: record.bytes, .frame: plaintext])
        messages += 1
        for piece in message.attachments.flatMap(\.pieces) {
            guard wanted[piece.digest] == nil, heldPieces[piece.digest] == nil else { continue }
            let record = PieceRecord(envelope: piece.digest)
            let row = try cells.append(to: .piece, [.record: record.bytes, .envelope: []])
            wanted[piece.digest] = (row, record)
        }
        return row
    }

    /// Files what could not be opened or admitted.
    mutating func put(
        _ object: OwnObject,
        unreadable reason: UnreadableReason
    ) throws {
        let record = UnreadableRecord(
            index: object.index,
            day: object.day,
            reason: reason,
            envelope: object.leaf.digest
        )
        _ = try cells.append(
            to: .unreadable,
            [.record: record.bytes, .envelope: object.envelope]
        )
        unreadable += 1
    }

    /// Files a piece, if a message names it and it was not here yet, or does not open here.
    mutating func put(piece: Digest, _ object: [UInt8]?) throws {
        guard let object else { return }
        if let row = heldPieces[piece] { return try put(again: object, row: row) }
        guard let (row, found) = wanted[piece] else { return }
        var record = found
        record.isHeld = true
        try cells.replace(row: row, with: record)
        try cells.replace(.piece, row: row, .envelope, with: object)
        wanted[piece] = nil
        heldPieces[piece] = row
    }

    private mutating func put(again object: [UInt8], row: Int64) throws {
        guard try cells.ifItOpens({ try cells.cell(.piece, row: row, .envelope) }) == nil else {
            return
        }
        try cells.replace(.piece, row: row, .envelope, with: object)
        takenAgain += 1
    }

    /// Makes a message unreadable that was filed before; `isNew` when that was in this bundle.
    mutating func refuse(
        row: Int64,
        _ message: MessageRecord,
        as reason: UnreadableReason,
        isNew: Bool
    ) throws {
        var record = message
        record.refused = reason
        try cells.replace(row: row, with: record)
        unreadable += 1
        if isNew { messages -= 1 }
    }
}
