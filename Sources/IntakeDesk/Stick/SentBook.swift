import SealedIntake

/// All bundles that went out, held against the log.
///
/// An honest server takes a bundle whole, so the close that logs an acknowledgement also logs what
/// travelled with it. For each size this desk cosigned, what it expects is what the first bundle at
/// that size carried: every later one carries that too, or the log has it already.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.4.
struct SentBook {
    /// One bundle.
    private struct Bundle {
        let row: Int64
        var record: SentRecord
        /// What of it the log does not have yet.
        var waiting: Set<SentRow>
        /// The index of its acknowledgement, until the day that has it ends.
        var acknowledgedAt: UInt64?
        var hasChanged = false
    }

    private var bundles: [Bundle] = []
    /// Bundles of which something waits, by what waits.
    private var places: [SentRow: [Int]] = [:]
    /// For each size the first bundle that acknowledged it.
    private var firsts: [UInt64: Int] = [:]
    private var acknowledged: UInt64 = 0
    private let organisation: OrganisationID

    /// Reads all bundles, and the leaves held: what those say of a bundle was said before.
    init(
        reading cells: VaultCells,
        organisation: OrganisationID,
        held: HeldLog
    ) throws {
        self.organisation = organisation
        acknowledged = Silence(setting: try cells.setting(.silence)).acknowledged
        for (row, record) in try cells.records(SentRecord.self) {
            let bytes = record.isAnswered ? [] : try cells.cell(.sent, row: row, .rows)
            guard let rows = SentRow.list(bytes) else {
                throw VaultError.unreadableRecord(table: VaultTable.sent.rawValue, row: row)
            }
            let place = bundles.count
            for sent in rows { places[sent, default: []].append(place) }
            if record.size > 0, firsts[record.size] == nil { firsts[record.size] = place }
            bundles.append(Bundle(row: row, record: record, waiting: Set(rows)))
        }
        guard !places.isEmpty else { return }
        for (index, leaf) in held.run.indexed { _ = see(leaf, at: index) }
    }

    /// Sees the next leaf of the log.
    ///
    /// - Returns: at the end of a day, the bundles whose acknowledgement it logged without all
    ///   that came with it: the index, the size, and how much is missing.
    mutating func see(
        _ leaf: Leaf,
        at index: UInt64
    ) -> [(index: UInt64, size: UInt64, count: Int)] {
        if let sent = SentRow(leaf), let found = places.removeValue(forKey: sent) {
            for place in found { bundles[place].waiting.remove(sent) }
        }
        if let day = leaf.day { return end(day) }
        if leaf.type == .acknowledgement, leaf.organisation == organisation,
            let size = leaf.number
        {
            acknowledged = max(acknowledged, size)
            if let place = firsts[size], !bundles[place].record.isSettled {
                bundles[place].acknowledgedAt = index
            }
        }
        return []
    }

    /// Since when what was sent last, or an acknowledgement, waits to be seen.
    var silence: Silence {
        let waiting = bundles.last?.waiting ?? []
        let answers = bundles.first { !$0.waiting.isDisjoint(with: waiting) }
        let confirmation = bundles.first { $0.record.size > acknowledged }
        return Silence(
            answersSince: answers?.record.day,
            acknowledgementSince: confirmation?.record.day,
            acknowledged: acknowledged
        )
    }

    /// Writes down which bundles are settled and answered, and what waits.
    func keep(in cells: VaultCells) throws {
        for bundle in bundles {
            var record = bundle.record
            record.isAnswered = bundle.waiting.isEmpty
            guard bundle.hasChanged || record.isAnswered != bundle.record.isAnswered else {
                continue
            }
            try cells.replace(row: bundle.row, with: record)
        }
        try cells.set(.silence, to: silence.bytes)
    }

    /// Settles what the day answered.
    ///
    /// A day before that of the bundle answers another: one this desk wrote before it was put back
    /// from a copy that did not know it.
    private mutating func end(_ day: Day) -> [(index: UInt64, size: UInt64, count: Int)] {
        var withheld: [(index: UInt64, size: UInt64, count: Int)] = []
        for place in firsts.values {
            guard let index = bundles[place].acknowledgedAt else { continue }
            let record = bundles[place].record
            if day >= record.day, !bundles[place].waiting.isEmpty {
                withheld.append((index, record.size, bundles[place].waiting.count))
            }
            bundles[place].acknowledgedAt = nil
            bundles[place].record.isSettled = true
            bundles[place].hasChanged = true
        }
        return withheld
    }
}

extension VaultCells {
    /// Notes a bundle that goes out, unless it is the last one again.
    func note(
        sent rows: [OutRow],
        acknowledging size: UInt64,
        today: Day
    ) throws {
        let bytes = SentRow.bytes(of: rows.compactMap { SentRow($0) })
        let last = try records(SentRecord.self).last
        if let last, last.record.size == size,
            try cell(.sent, row: last.row, .rows) == bytes
        {
            return
        }
        let record = SentRecord(size: size, day: today)
        _ = try append(to: .sent, [.record: record.bytes, .rows: bytes])
    }
}
