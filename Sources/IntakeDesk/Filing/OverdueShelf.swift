import SealedIntake

/// Envelopes that wait elsewhere, and releases that wait for their envelope.
struct OverdueShelf {
    /// A release that was filed before its envelope came.
    struct WaitingRelease {
        let row: Int64
        let record: MessageRecord
        let release: Release
        /// Whether this bundle brought it.
        let isNew: Bool
    }

    private let organisation: OrganisationID
    private var held: [Digest: [(row: Int64, record: OverdueRecord)]] = [:]
    private var releases: [Digest: [WaitingRelease]] = [:]
    private var origins: LeafOrigins

    /// Reads what waits; releases and the log only where the bundle has something overdue.
    init(
        reading cells: VaultCells,
        bundle: InBundle,
        held log: HeldLog,
        organisation: OrganisationID
    ) throws {
        self.organisation = organisation
        for entry in try cells.records(OverdueRecord.self) {
            held[entry.record.envelope, default: []].append(entry)
        }
        let coming = bundle.run.leaves.filter {
            $0.type == .overdue && $0.organisation == organisation
        }
        let unknown = held.values.joined().filter { $0.record.origin == nil }
        origins = LeafOrigins(
            of: coming.map(\.digest) + unknown.map(\.record.envelope),
            held: log,
            bundle: bundle
        )
        for (row, record) in unknown {
            let origin = origins[record.tag, record.envelope]
            try replace(row, of: record.envelope, in: cells) { $0.origin = origin }
        }
        if !coming.isEmpty { try readReleases(in: cells) }
    }

    /// The row of the sealed envelope of a digest, or nil while it is not here.
    func row(of envelope: Digest) -> Int64? { held[envelope]?.first?.row }

    /// Whether a release opened it before.
    func isOpened(_ envelope: Digest) -> Bool {
        held[envelope]?.contains { $0.record.state == .opened } ?? false
    }

    /// The day from which an envelope waited where it was written to.
    func writtenDay(of envelope: Digest) -> Day? {
        held[envelope]?.compactMap { $0.record.origin?.day }.min()
    }

    /// Holds an envelope, unopened.
    mutating func hold(_ object: OwnObject, in cells: VaultCells) throws {
        var record = OverdueRecord(
            object,
            origin: origins[object.leaf.tag, object.leaf.digest]
        )
        if isOpened(record.envelope) {
            record.state = .opened
        } else if origins.isAcknowledged(record.origin) {
            record.state = .pickedUp
        }
        let row = try cells.append(
            to: .overdue,
            [.record: record.bytes, .envelope: object.envelope]
        )
        held[record.envelope, default: []].append((row, record))
    }

    /// Notes that an envelope was opened.
    mutating func open(_ envelope: Digest, in cells: VaultCells) throws {
        for (row, _) in held[envelope] ?? [] {
            try replace(row, of: envelope, in: cells) { $0.state = .opened }
        }
    }

    /// Looks at a leaf: an acknowledgement of the organisation they were written to ends waiting.
    mutating func see(_ leaf: Leaf, at index: UInt64, in cells: VaultCells) throws {
        guard leaf.type == .acknowledgement, let by = leaf.organisation else { return }
        origins.acknowledge(by, size: leaf.number ?? 0)
        for (row, record) in held.values.joined() where record.state == .waiting {
            guard record.origin?.organisation == by, origins.isAcknowledged(record.origin) else {
                continue
            }
            try replace(row, of: record.envelope, in: cells) { $0.state = .pickedUp }
        }
    }

    /// Keeps a release until its envelope comes.
    mutating func wait(_ release: WaitingRelease) {
        releases[release.release.envelope, default: []].append(release)
    }

    /// Takes the releases that wait for an envelope, in the order of the log.
    mutating func takeReleases(of envelope: Digest) -> [WaitingRelease] {
        (releases.removeValue(forKey: envelope) ?? [])
            .sorted { $0.record.index < $1.record.index }
    }

    private mutating func readReleases(in cells: VaultCells) throws {
        for (row, record) in try cells.records(MessageRecord.self) {
            guard record.messageKind == .release, record.source == .written,
                record.refused == nil,
                let release = try cells.message(row: row, record).release,
                self.row(of: release.envelope) == nil
            else { continue }
            wait(WaitingRelease(row: row, record: record, release: release, isNew: false))
        }
    }

    private mutating func replace(
        _ row: Int64,
        of envelope: Digest,
        in cells: VaultCells,
        _ change: (inout OverdueRecord) -> Void
    ) throws {
        guard let place = held[envelope]?.firstIndex(where: { $0.row == row }) else { return }
        guard var record = held[envelope]?[place].record else { return }
        change(&record)
        try cells.replace(row: row, with: record)
        held[envelope]?[place].record = record
    }
}
