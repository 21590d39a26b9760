import GRDB
import SealedIntake

/// One close, in pieces: leaves in their order, bodies to where they stay, the checkpoint.
///
/// ```text
/// 3 directory · 7 acknowledgements │ 1 submissions and fillers │ 2 replies · 8 withdrawals ·
/// 4 overdue · 5 transferred · 6 end of the day
/// ```
/// Each group is sorted by org16, then tag. What is between two lines may take any number of
/// transactions; with the last of them, which signs, the day is closed, and before it none of this
/// is of the log.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
struct DayClose {
    let day: Day
    let previousDay: Day
    /// The row of it.
    let underway: UnderwayClose
    private let stock: FillerStock
    private var tree: MerkleTree
    private var mending = BitMending(searches: 16)
    /// What is acknowledged in this close.
    private var acknowledged: [(organisation: OrganisationID, size: UInt64)] = []
    var closed: ClosedDay

    /// Begins behind the newest checkpoint; a log that is ahead of `today` erases no earlier.
    init(_ database: Database, day: Day, today: Day, fillers: FillerStock) throws {
        let newest = try StoredCheckpoint.newest(in: database)
        self.day = day
        underway = UnderwayClose(size: newest.tree.size, erasing: min(day, today))
        stock = fillers
        previousDay = newest.day
        tree = newest.tree
        closed = ClosedDay(day: day)
    }

    /// Writes what stands before the submissions.
    mutating func begin(in database: Database) throws {
        try underway.insert(into: database)
        try appendDirectory(stock.directory, in: database)
        try appendAcknowledgements(try DeskShare(database), in: database)
    }

    /// Writes so many of the submissions, each with its envelope.
    mutating func append(
        _ entries: ArraySlice<ClosingSubmission>,
        in database: Database
    ) throws {
        for entry in entries {
            let leaf = Leaf.submission(entry.organisation, entry.tag, entry.digest)
            let index = try append(leaf, in: database)
            try store(entry.body, at: index, in: database)
            try hold(.text, at: index, leaf, in: database)
            closed.submissions += 1
        }
    }

    /// Writes the rest and signs; false, and nothing but what is undone, where a desk brought
    /// meanwhile what its acknowledgement would speak for too early.
    /// - Throws: ``StoreError/closing`` where somebody else took a part of it back.
    mutating func sign(with logKey: LogKey, in database: Database) throws -> Bool {
        guard try underway.holds(through: tree.size, in: database) else { throw StoreError.closing }
        let share = try DeskShare(database)
        closed.waiting = share.waiting
        guard acknowledged.allSatisfy({ share.waiting[$0.organisation] == nil }) else {
            return false
        }
        try logAcknowledgements(in: database)
        try appendReplies(share.replies, in: database)
        try appendWithdrawals(share.withdrawals, in: database)
        try appendOverdue(stock.directory?.directory, in: database)
        try appendTransfers(share.transfers, in: database)
        try append(.dayEnd(day), in: database)
        try writeCheckpoint(logKey, in: database)
        try movePieces(in: database)
        try Sweep(database, day: underway.erasing).removeReplies()
        try DropLevel(database).run()
        return true
    }

    /// Type 3 when the directory changed or the month began.
    private mutating func appendDirectory(
        _ directory: InstalledDirectory?,
        in database: Database
    ) throws {
        guard let directory else { return }
        let logged = try Row.fetchOne(database, sql: CloseQueries.newestDirectoryLeaf)
        let isLogged = logged?.bytes(0) == directory.digest.bytes
        guard !isLogged || day.month != previousDay.month else { return }
        let serial = directory.directory.serial
        try append(.directory(serial: serial, digest: directory.digest), in: database)
    }

    /// Type 7, of each desk of which nothing waits: a desk that sees its acknowledgement in the log
    /// may rely on all that travelled with it.
    private mutating func appendAcknowledgements(
        _ share: DeskShare,
        in database: Database
    ) throws {
        let rows = try Row.fetchAll(database, sql: CloseQueries.movedAcknowledgements)
        for row in rows {
            let organisation = try row.organisation(0)
            guard share.waiting[organisation] == nil else { continue }
            guard let note = try? SignedNote(bytes: row.bytes(2)) else {
                throw StoreError.damaged(.acknowledgementWithoutCheckpoint)
            }
            let size = row.index(1)
            try append(
                .acknowledgement(organisation, size: size, digest: note.digest),
                in: database
            )
            acknowledged.append((organisation, size))
            closed.acknowledgements += 1
        }
    }

    /// What moved on since waits for the next close.
    private func logAcknowledgements(in database: Database) throws {
        for (organisation, size) in acknowledged {
            try database.cachedStatement(sql: CloseQueries.logAcknowledgement)
                .execute(arguments: [Blob(organisation), size.column])
        }
    }

    /// Holds what was moved to its leaf; where it is not what came, the close goes on.
    mutating func hold(
        _ place: MovedBody.Place,
        at index: UInt64,
        _ leaf: Leaf,
        in database: Database
    ) throws {
        let body = MovedBody(database: database, place: place)
        guard try !body.keep(at: index, leaf.digest, &mending) else { return }
        closed.spoiled.append(SpoiledObject(leaf, at: index))
    }

    private func store(
        _ body: ClosingSubmission.Body,
        at index: UInt64,
        in database: Database
    ) throws {
        switch body {
        case .received(let id):
            try database.cachedStatement(sql: CloseQueries.copyText)
                .execute(arguments: [index.column, id])
        case .made(let bytes):
            try database.cachedStatement(sql: CloseQueries.addText)
                .execute(arguments: [index.column, Blob(bytes)])
        }
    }

    @discardableResult
    mutating func append(_ leaf: Leaf, in database: Database) throws -> UInt64 {
        let index = tree.size
        try leaf.insert(into: database, at: index, day: day)
        tree.append(leaf.hash)
        return index
    }

    private mutating func writeCheckpoint(_ logKey: LogKey, in database: Database) throws {
        let checkpoint = Checkpoint(origin: logKey.signer.name, size: tree.size, root: tree.root)
        let note = logKey.signer.note(checkpoint.text)
        try StoredCheckpoint(day: day, tree: tree, note: note).insert(into: database)
        closed.size = tree.size
    }

    /// Every piece that came belongs to this close; in the order of their digests.
    private mutating func movePieces(in database: Database) throws {
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
        try database.execute(sql: CloseQueries.clearPieceBodies)
        try database.execute(sql: CloseQueries.clearPieces)
    }
}
