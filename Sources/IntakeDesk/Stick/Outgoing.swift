import SealedIntake

/// What a stick carries out: its rows, and where the vault keeps their objects.
///
/// ```text
/// replies and fillers → 2 · transferred and fillers → 5 · pieces wanted → 6 · withdrawn → 8
/// ```
/// While nothing changes these are the same rows every time: fillers are kept like the rest until
/// the log has them.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.3.
struct Outgoing {
    /// The rows in the order in which they must travel.
    private(set) var rows: [OutRow] = []
    /// Replies to reporters.
    private(set) var replies = 0
    /// Replies nobody can open.
    private(set) var replyFillers = 0
    /// Messages transferred.
    private(set) var transferred = 0
    /// Pieces asked for.
    private(set) var piecesWanted = 0
    /// Replies to withdraw.
    private(set) var withdrawals = 0

    private let organisation: OrganisationID
    private let directory: Directory
    private let cells: VaultCells
    private var places: [OutRow: (table: VaultTable, row: Int64)] = [:]

    /// Gathers all the log does not have yet, and fills up what must not tell how much that is.
    ///
    /// With `loggedSince` also what the log has since that day and a server that fell behind may
    /// have lost; an ordinary bundle has none.
    init(
        from cells: VaultCells,
        organisation: OrganisationID,
        directory: Directory,
        today: Day,
        loggedSince: Day? = nil
    ) throws {
        self.cells = cells
        self.organisation = organisation
        self.directory = directory
        try addReplies()
        try addTransfers(today: today)
        try addPieces()
        if let loggedSince { try addLogged(since: loggedSince) }
        rows = OutBundle.sorted(rows)
    }

    /// All objects in the order of their rows.
    func objects() throws -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            guard let place = places[row] else { continue }
            bytes += try cells.cell(place.table, row: place.row, .envelope)
        }
        return bytes
    }

    /// The oldest first: what is too much for one bundle is the same every time, and waits.
    private mutating func addReplies() throws {
        var waiting = 0
        for (row, record) in try cells.records(ReplyRecord.self) {
            if record.sighting == nil {
                guard waiting < OutLimits.waiting(.reply) else { continue }
                add(record, at: row)
                waiting += 1
                if record.isFiller { replyFillers += 1 } else { replies += 1 }
            }
            if record.isWithdrawn, record.withdrawal == nil { withdraw(record) }
        }
        while waiting == 0 || waiting % OutLimits.batch != 0 {
            let filler = ReplyFiller.random()
            let row = try cells.append(
                to: .reply,
                [
                    .record: filler.record.bytes, .frame: filler.frame,
                    .envelope: filler.envelope.bytes,
                ]
            )
            add(filler.record, at: row)
            waiting += 1
            replyFillers += 1
        }
    }

    /// What is sealed to an organisation the directory no longer lists waits: the server would not
    /// know it.
    private mutating func addTransfers(today: Day) throws {
        let others = directory.organisations.filter { $0.id != organisation }
        var waiting = Dictionary(uniqueKeysWithValues: others.map { ($0.id, 0) })
        let unseen = try cells.records(TransferRecord.self)
            .filter { waiting[$0.record.organisation] != nil && $0.record.sighting == nil }
        // Fillers that went out before go out again, whatever else waits.
        let fillers = unseen.filter(\.record.isFiller).count
        var room =
            OutLimits.waiting(.transferred) - others.count * OutLimits.batch - fillers
        for (row, record) in unseen where record.isFiller || room > 0 {
            add(record, at: row)
            waiting[record.organisation, default: 0] += 1
            guard !record.isFiller else { continue }
            room -= 1
            transferred += 1
        }
        for other in others {
            var already = waiting[other.id, default: 0]
            while already == 0 || already % OutLimits.batch != 0 {
                guard let filler = TransferFiller(to: other, day: today) else { break }
                let row = try cells.append(
                    to: .transfer,
                    [.record: filler.record.bytes, .envelope: filler.envelope.bytes]
                )
                add(filler.record, at: row)
                already += 1
            }
        }
    }

    private mutating func addPieces() throws {
        let wanted = try cells.records(PieceRecord.self).filter { !$0.record.isHeld }
        // The newest: thousands of names of pieces that never were must not fill a bundle.
        for (_, record) in wanted.suffix(OutLimits.waiting(.pieceWanted)) {
            rows.append(.pieceWanted(by: organisation, digest: record.envelope))
            piecesWanted += 1
        }
    }

    /// What the log has since a day, the newest first, as much as the bundle still takes.
    private mutating func addLogged(since day: Day) throws {
        for (row, record) in try cells.records(ReplyRecord.self).reversed()
        where record.isLogged(since: day) && rows.count < OutLimits.rows { add(record, at: row) }
        let listed = Set(directory.organisations.map(\.id)).subtracting([organisation])
        for (row, record) in try cells.records(TransferRecord.self).reversed()
        where record.isLogged(since: day) && listed.contains(record.organisation)
            && rows.count < OutLimits.rows
        { add(record, at: row) }
    }

    /// A whole shard byte would tell which replies go to one thread; the shard is public.
    private mutating func add(_ record: ReplyRecord, at row: Int64) {
        let reply = OutRow.reply(
            organisation,
            shard: UInt8(directory.shard(of: record.shardByte)),
            tag: record.tag,
            digest: record.envelope
        )
        rows.append(reply)
        places[reply] = (.reply, row)
    }

    private mutating func add(_ record: TransferRecord, at row: Int64) {
        let transfer = OutRow.transferred(
            to: record.organisation,
            tag: record.tag,
            digest: record.envelope
        )
        rows.append(transfer)
        places[transfer] = (.transfer, row)
    }

    private mutating func withdraw(_ record: ReplyRecord) {
        guard withdrawals < OutLimits.waiting(.withdrawal) else { return }
        rows.append(.withdrawal(organisation, tag: record.tag, digest: record.envelope))
        withdrawals += 1
    }
}

extension ReplyRecord {
    /// Whether the log has had it since a day and it was not withdrawn.
    fileprivate func isLogged(since day: Day) -> Bool {
        guard let sighting, withdrawal == nil else { return false }
        return sighting.day >= day
    }
}

extension TransferRecord {
    /// Whether the log has had it since a day.
    fileprivate func isLogged(since day: Day) -> Bool {
        guard let sighting else { return false }
        return sighting.day >= day
    }
}
