import SealedIntake

/// Opens what a verified bundle brought and files it, within one transaction of the vault.
///
/// Nothing a reporter sends stops it: what cannot be opened or admitted is filed as unreadable.
/// How each type of leaf is filed stands in a file of its own.
struct Filing {
    private(set) var trust: DirectoryTrust

    let cells: VaultCells
    let identity: DeskIdentity
    var book: AdmissionBook
    var shelf: MessageShelf
    var overdue: OverdueShelf

    private let held: HeldLog
    private let days: LeafDays
    private let today: Day
    private var watch: LogWatch
    private var sightings: Sightings
    private var gaps: [UInt64: (row: Int64, record: GapRecord)] = [:]

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
        shelf = try MessageShelf(reading: cells)
        overdue = try OverdueShelf(
            reading: cells,
            bundle: bundle,
            held: held,
            organisation: identity.organisation
        )
        watch = LogWatch(
            of: held,
            cosigned: try Checkpoints(reading: cells).cosignedSize,
            organisation: identity.organisation
        )
        sightings = try Sightings(reading: cells, organisation: identity.organisation)
        for entry in try cells.records(GapRecord.self) where !entry.record.isFilled {
            gaps[entry.record.leafIndex] = entry
        }
    }

    /// How many messages were filed.
    var messages: Int { shelf.messages }

    /// How many envelopes were filed as unreadable.
    var unreadable: Int { shelf.unreadable }

    /// Pieces that messages name and no bundle brought.
    var missingPieces: Int { shelf.missingPieces }

    /// Files one leaf and its object.
    mutating func file(index: UInt64, leaf: Leaf, object: [UInt8]?) throws(DeskError) {
        let isNew = held.isNew(index)
        if leaf.type == .directory {
            try see(leaf, note: object, index: index, isNew: isNew)
        }
        let isExpected = try sightings.see(leaf, at: index, day: days[index], in: cells)
        try overdue.see(leaf, at: index, in: cells)
        guard leaf.organisation == identity.organisation else { return }
        switch leaf.type {
        case .submission, .overdue, .transferred:
            try fileOwn(index: index, leaf: leaf, object: object, isNew: isNew)
        case .acknowledgement:
            guard isNew, let alarm = watch.seeAcknowledgement(leaf, at: index, today: today)
            else { return }
            _ = try cells.append(alarm)
        case .withdrawal where !isExpected: try noteNotAsked(index)
        case .reply, .directory, .dayEnd, .withdrawal:
            return
        }
    }

    /// Notes that a reply of ours was taken back and nobody here asked for it.
    ///
    /// What the log had before this vault began is no news to it, nor what it asked for itself in a
    /// life that it lost.
    private func noteNotAsked(_ index: UInt64) throws(DeskError) {
        guard held.hasBegun, index >= held.size, !watch.meetsLostLife else { return }
        let alarm = AlarmRecord(
            kind: .withdrawalNotAsked,
            leafIndex: index,
            found: 0,
            before: 0,
            noted: today
        )
        _ = try cells.append(alarm)
    }

    /// Files a piece, if a message names it and it was not here yet.
    mutating func file(piece: Digest, object: [UInt8]?) throws(DeskError) {
        try shelf.put(piece: piece, object)
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
        try file(OwnObject(index: index, leaf: leaf, day: days[index], envelope: object))
    }

    private mutating func file(_ object: OwnObject) throws(DeskError) {
        switch object.leaf.type {
        case .overdue: try fileOverdue(object)
        case .transferred: try fileTransferred(object)
        default: try fileSubmission(object)
        }
    }
}
