import IntakeConsole
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
    /// Cells that did not open and were written again.
    var takenAgain = 0
    /// Read where a bundle brings leaves that are held.
    var kept: KeptRows?

    private let held: HeldLog
    private let log: HeldLog
    private let days: LeafDays
    private let today: Day
    private var watch: LogWatch
    private var directories: DirectoryBook
    private var acknowledgements: OwnAcknowledgements
    /// Leaves of which the vault has an alarm.
    private var alarmed: Set<UInt64>
    private var sightings: Sightings
    private var missing: [UInt64: (row: Int64, record: MissingRecord)] = [:]

    /// Reads what the vault holds before the bundle.
    init(
        _ inspected: InspectedBundle,
        into books: Books,
        today: Day
    ) throws {
        let bundle = inspected.verified.bundle
        cells = books.cells
        identity = books.identity
        held = inspected.held
        log = inspected.log
        trust = inspected.trust
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
            before: bundle.run.first,
            organisation: identity.organisation
        )
        directories = try DirectoryBook(reading: cells)
        acknowledgements = try OwnAcknowledgements(
            reading: books,
            witnesses: inspected.witnesses.checkpoints,
            directory: inspected.trust.trusted?.directory
        )
        alarmed = Set(try cells.records(AlarmRecord.self).map(\.record.index))
        sightings = try Sightings(reading: cells, organisation: identity.organisation)
        for entry in try cells.records(MissingRecord.self) where !entry.record.isFilled {
            missing[entry.record.index] = entry
        }
    }

    /// How many messages were filed.
    var messages: Int { shelf.messages }

    /// How many envelopes were filed as unreadable.
    var unreadable: Int { shelf.unreadable }

    /// Pieces that messages name and no bundle brought.
    var missingPieces: Int { shelf.missingPieces }

    /// Files one leaf and its object.
    mutating func file(index: UInt64, leaf: Leaf, object: [UInt8]?) throws {
        let isNew = held.isNew(index)
        if let fell = watch.see(leaf, at: index, today: today), !alarmed.contains(index) {
            _ = try cells.append(fell)
        }
        if leaf.type == .directory {
            try directories.see(
                trust.see(leaf, note: object),
                leaf,
                at: index,
                isNew: isNew,
                trust: trust,
                today: today,
                in: cells
            )
        }
        let isExpected = try sightings.see(leaf, at: index, day: days[index], in: cells)
        try overdue.see(leaf, at: index, in: cells)
        guard leaf.organisation == identity.organisation else { return }
        switch leaf.type {
        case .submission, .overdue, .transferred:
            try fileOwn(index: index, leaf: leaf, object: object, isNew: isNew)
        case .acknowledgement: try fileAcknowledgement(leaf, at: index)
        case .withdrawal where !isExpected: try noteNotAsked(index)
        case .reply, .directory, .dayEnd, .withdrawal:
            return
        }
    }

    /// Notes that a reply of ours was withdrawn and nobody here asked for it.
    ///
    /// What the log had before this vault began is no news to it, nor what it asked for itself in a
    /// life that it lost.
    private func noteNotAsked(_ index: UInt64) throws {
        guard isNews(index), !acknowledgements.meetsLostLife else { return }
        try raise(.withdrawalNotAsked, at: index)
    }

    /// Notes that the log has an acknowledgement of ours that nobody here gave.
    private mutating func fileAcknowledgement(_ leaf: Leaf, at index: UInt64) throws {
        guard isNews(index), !acknowledgements.see(leaf, at: index, in: log) else { return }
        try raise(.acknowledgementNotGiven, at: index, found: leaf.number ?? 0)
    }

    /// Whether a leaf came after this vault began, which it can know about.
    private func isNews(_ index: UInt64) -> Bool { held.hasBegun && index >= held.run.end }

    private func raise(
        _ kind: AlarmRecord.Kind,
        at index: UInt64,
        found: UInt64 = 0
    ) throws {
        let alarm = AlarmRecord(
            kind: kind,
            index: index,
            found: found,
            before: 0,
            noted: today
        )
        _ = try cells.append(alarm)
    }

    /// Settles the alarms of directories that came whole with this bundle.
    mutating func settleDirectories() throws {
        try directories.settle(trust: trust, log: log, in: cells)
    }

    /// Files a piece, if a message names it and it was not here yet.
    mutating func file(piece: Digest, object: [UInt8]?) throws {
        try shelf.put(piece: piece, object)
    }

    /// Files an object of ours, or notes that it is missing.
    private mutating func fileOwn(
        index: UInt64,
        leaf: Leaf,
        object: [UInt8]?,
        isNew: Bool
    ) throws {
        guard let object else {
            guard isNew else { return }
            let record = MissingRecord(index: index, day: days[index], object: leaf.digest)
            missing[index] = (try cells.append(record), record)
            return
        }
        if !isNew {
            let again = OwnObject(index: index, leaf: leaf, day: days[index], envelope: object)
            guard let (row, found) = missing[index] else { return try fileAgain(again) }
            var record = found
            record.isFilled = true
            try cells.replace(row: row, with: record)
            missing[index] = nil
        }
        try file(OwnObject(index: index, leaf: leaf, day: days[index], envelope: object))
    }

    private mutating func file(_ object: OwnObject) throws {
        switch object.leaf.type {
        case .overdue: try fileOverdue(object)
        case .transferred: try fileTransferred(object)
        default: try fileSubmission(object)
        }
    }
}
