import SealedIntake

/// Watches the log for what this desk sent out: replies, what was transferred, what was withdrawn.
struct Sightings {
    private struct Name: Hashable {
        let type: LeafType
        let organisation: OrganisationID
        let tag: Tag
        let digest: Digest
    }

    private let organisation: OrganisationID
    private var replies: [Name: (row: Int64, record: ReplyRecord)] = [:]
    private var transfers: [Name: (row: Int64, record: TransferRecord)] = [:]

    /// Reads what the log does not have yet.
    init(reading cells: VaultCells, organisation: OrganisationID) throws {
        self.organisation = organisation
        for entry in try cells.records(ReplyRecord.self) {
            if entry.record.sighting == nil { replies[name(of: entry.record, .reply)] = entry }
            if entry.record.withdrawal == nil {
                replies[name(of: entry.record, .withdrawal)] = entry
            }
        }
        for entry in try cells.records(TransferRecord.self) where entry.record.sighting == nil {
            let name = Name(
                type: .transferred,
                organisation: entry.record.organisation,
                tag: entry.record.tag,
                digest: entry.record.envelope
            )
            transfers[name] = entry
        }
    }

    /// Notes that the log has something of ours.
    /// - Returns: whether it is ours and was asked for here.
    @discardableResult
    mutating func see(
        _ leaf: Leaf,
        at index: UInt64,
        day: Day,
        in cells: VaultCells
    ) throws -> Bool {
        guard [.reply, .transferred, .withdrawal].contains(leaf.type),
            let by = leaf.organisation
        else { return false }
        let name = Name(type: leaf.type, organisation: by, tag: leaf.tag, digest: leaf.digest)
        let seen = Sighting(index: index, day: day)
        if case (let row, var record)? = transfers.removeValue(forKey: name) {
            record.sighting = seen
            try cells.replace(row: row, with: record)
        }
        guard let (row, record) = replies.removeValue(forKey: name) else { return false }
        try note(seen, leaf.type, row: row, record, in: cells)
        return leaf.type == .reply || record.isWithdrawn
    }

    /// A reply stands here under two names, which must not overwrite each other's news.
    private mutating func note(
        _ seen: Sighting,
        _ type: LeafType,
        row: Int64,
        _ record: ReplyRecord,
        in cells: VaultCells
    ) throws {
        var record = record
        if type == .reply { record.sighting = seen } else { record.withdrawal = seen }
        try cells.replace(row: row, with: record)
        let other = name(of: record, type == .reply ? .withdrawal : .reply)
        if replies[other] != nil { replies[other] = (row, record) }
    }

    private func name(of record: ReplyRecord, _ type: LeafType) -> Name {
        Name(type: type, organisation: organisation, tag: record.tag, digest: record.envelope)
    }
}
