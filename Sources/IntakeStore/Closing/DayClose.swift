import GRDB
import SealedIntake

/// One close, inside one transaction: leaves in their order, bodies to where they stay, the
/// checkpoint.
///
/// ```text
/// 3 directory · 7 acknowledgements · 1 submissions and fillers · 2 replies · 8 withdrawals ·
/// 4 overdue · 5 transferred · 6 end of the day
/// ```
/// Each group is sorted by org16, then tag.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
struct DayClose {
    let database: Database
    let day: Day
    let previousDay: Day
    /// By what day is erased: that of the close, never one that is not past.
    private let erasing: Day
    private var tree: MerkleTree
    private var mending = BitMending(searches: 16)
    var closed: ClosedDay

    /// Begins behind the newest checkpoint; a log that is ahead of `today` erases no earlier.
    init(_ database: Database, day: Day, today: Day) throws {
        let newest = try StoredCheckpoint.newest(in: database)
        self.database = database
        self.day = day
        erasing = min(day, today)
        previousDay = newest.day
        tree = newest.tree
        closed = ClosedDay(day: day)
    }

    /// Writes everything.
    mutating func run(fillers: FillerStock, logKey: LogKey) throws -> ClosedDay {
        try appendDirectory(fillers.directory)
        let share = try DeskShare(database)
        closed.waiting = share.waiting
        try appendAcknowledgements(share)
        try appendSubmissions(fillers)
        try appendReplies(share.replies)
        try appendWithdrawals(share.withdrawals)
        try appendOverdue(fillers.directory?.directory)
        try appendTransfers(share.transfers)
        try append(.dayEnd(day))
        try sign(with: logKey)
        try movePieces()
        try clearInbox()
        try Sweep(database, day: erasing).run()
        try DropLevel(database).run()
        try Erasure(database, day: erasing).run()
        return closed
    }

    /// Type 3 when the directory changed or the month began.
    private mutating func appendDirectory(_ directory: InstalledDirectory?) throws {
        guard let directory else { return }
        let logged = try Row.fetchOne(database, sql: CloseQueries.newestDirectoryLeaf)
        let isLogged = logged?.bytes(0) == directory.digest.bytes
        guard !isLogged || day.month != previousDay.month else { return }
        let serial = directory.directory.serial
        try append(.directory(serial: serial, digest: directory.digest))
    }

    /// Type 7, of each desk of which nothing waits: a desk that sees its acknowledgement in the log
    /// may rely on all that travelled with it.
    private mutating func appendAcknowledgements(_ share: DeskShare) throws {
        let rows = try Row.fetchAll(database, sql: CloseQueries.movedAcknowledgements)
        for row in rows {
            let organisation = try row.organisation(0)
            guard share.waiting[organisation] == nil else { continue }
            guard let note = try? SignedNote(bytes: row.bytes(2)) else {
                throw StoreError.damaged(.acknowledgementWithoutCheckpoint)
            }
            let size = row.index(1)
            try append(.acknowledgement(organisation, size: size, digest: note.digest))
            closed.acknowledgements += 1
            try database.cachedStatement(sql: CloseQueries.logAcknowledgement)
                .execute(arguments: [Blob(organisation)])
        }
    }

    private mutating func appendSubmissions(_ stock: FillerStock) throws {
        var entries = try received()
        for organisation in stock.directory?.directory.organisations ?? [] {
            let count = entries.count { $0.organisation == organisation.id }
            entries += stock.fillers(for: organisation, submissions: count).map { filler in
                ClosingSubmission(
                    organisation: organisation.id,
                    tag: filler.tag,
                    digest: filler.envelope.digest,
                    body: .made(filler.envelope.bytes)
                )
            }
        }
        for entry in entries.sorted() {
            let leaf = Leaf.submission(entry.organisation, entry.tag, entry.digest)
            let index = try append(leaf)
            try store(entry.body, at: index)
            try hold(.text, at: index, leaf)
            closed.submissions += 1
        }
    }

    private func received() throws -> [ClosingSubmission] {
        try Row.fetchAll(database, sql: CloseQueries.receivedTexts, arguments: [day.column])
            .map { row in
                ClosingSubmission(
                    organisation: try row.organisation(0),
                    tag: try row.fixed(1),
                    digest: try row.fixed(2),
                    body: .received(row[3])
                )
            }
    }

    /// Holds what was moved to its leaf; where it is not what came, the close goes on.
    mutating func hold(_ place: MovedBody.Place, at index: UInt64, _ leaf: Leaf) throws {
        let body = MovedBody(database: database, place: place)
        guard try !body.keep(at: index, leaf.digest, &mending) else { return }
        closed.spoiled.append(SpoiledObject(leaf, at: index))
    }

    private func store(_ body: ClosingSubmission.Body, at index: UInt64) throws {
        switch body {
        case .received(let id):
            try database.cachedStatement(sql: CloseQueries.moveText)
                .execute(arguments: [index.column, id])
        case .made(let bytes):
            try database.cachedStatement(sql: CloseQueries.addText)
                .execute(arguments: [index.column, Blob(bytes)])
        }
    }

    @discardableResult
    mutating func append(_ leaf: Leaf) throws -> UInt64 {
        let index = tree.size
        try leaf.insert(into: database, at: index, day: day)
        tree.append(leaf.hash)
        return index
    }

    private mutating func sign(with logKey: LogKey) throws {
        let checkpoint = Checkpoint(origin: logKey.signer.name, size: tree.size, root: tree.root)
        let note = logKey.signer.note(checkpoint.text)
        try StoredCheckpoint(day: day, tree: tree, note: note).insert(into: database)
        closed.size = tree.size
    }

    /// Every piece that came belongs to this close; in the order of their digests.
    private mutating func movePieces() throws {
        let rows = try Row.fetchAll(database, sql: CloseQueries.receivedPieces)
        for row in rows {
            let id: Int64 = row[3]
            try database.cachedStatement(sql: CloseQueries.movePieceBody)
                .execute(arguments: [id])
            try database.cachedStatement(sql: CloseQueries.addPiece).execute(arguments: [
                Blob(row.bytes(0)), Blob(row.bytes(1)), Blob(row.bytes(2)),
                tree.size.column, day.column, id,
            ])
            closed.pieces += 1
        }
    }

    /// Empties what was taken, in the order of random ids: the list of free pages tells no order
    /// of arrival either.
    private func clearInbox() throws {
        try database.execute(sql: CloseQueries.clearBodies, arguments: [day.column])
        try database.execute(sql: CloseQueries.clearInbox, arguments: [day.column])
    }
}
