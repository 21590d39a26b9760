import GRDB
import SealedIntake

/// Takes one verified bundle inside a transaction.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
struct BundleTaking {
    private let database: Database
    private let bundle: OutBundle
    private let directory: Directory
    private let size: UInt64
    private let retention: Retention
    private var report: ImportReport
    private var wanted: [Digest] = []
    private var room: WaitingRoom

    /// Refuses a desk that cosigned another tree of a size that this store has.
    init(_ bundle: OutBundle, _ directory: Directory, _ database: Database) throws {
        self.database = database
        self.bundle = bundle
        self.directory = directory
        let newest = try StoredCheckpoint.newest(in: database)
        size = newest.tree.size
        retention = try Retention(database, day: newest.day)
        report = ImportReport(organisation: bundle.organisation, have: bundle.have)
        room = try WaitingRoom(of: bundle.organisation, in: database)
        let cosigned = bundle.checkpoint.checkpoint
        guard cosigned.size <= size else { return }
        let held = try StoredCheckpoint.newest(upTo: cosigned.size, in: database).tree
        guard held.size == cosigned.size, held.root == cosigned.root else {
            throw StoreError.bundleOfOtherLog
        }
    }

    /// Takes one row with its object, which is empty for a row that has none.
    mutating func take(_ row: OutRow, _ object: [UInt8]) throws {
        switch row.kind {
        case .reply: try takeReply(row, object)
        case .transferred: try takeTransfer(row, object)
        case .pieceWanted:
            guard takesPlace(row) else { return }
            wanted.append(row.digest)
        case .withdrawal: try takeWithdrawal(row)
        }
    }

    /// Stores how far the desk is; what it cosigned only moves forward.
    mutating func finish() throws -> ImportReport {
        let known = try Acknowledgement.fetch(bundle.organisation, in: database)
        let acknowledged = bundle.acknowledgement.size
        // What is left at the desk travels with its next bundle: then that one acknowledges.
        let isForward =
            acknowledged > (known?.size ?? 0) && acknowledged <= size && report.left == 0
        let now = Acknowledgement(
            organisation: bundle.organisation,
            have: min(bundle.have, size),
            size: isForward ? acknowledged : known?.size ?? 0,
            note: isForward ? bundle.checkpoint.note : known?.note
        )
        if now != known { try now.save(in: database) }
        if report.restored > 0 { try DropLevel(database).run() }
        if isForward || report.restored > 0 { try House.raiseGeneration(in: database) }
        report.acknowledged = now.size
        report.wanted = wanted.count
        try WantedPieces.replace(bundle.organisation, with: wanted, in: database)
        report.waiting = try DeskShare(database).waiting[bundle.organisation] ?? 0
        report.ahead = try Ahead.update(from: bundle, size: size, in: database)
        return report
    }

    /// Whether a new row may wait here; one for which there is no place stays at the desk.
    private mutating func takesPlace(_ row: OutRow) -> Bool {
        let isTaken = room.takes(row.kind)
        if !isTaken { report.left += 1 }
        return isTaken
    }

    /// A tag is one organisation's alone: a shard of the drop that had it twice could not be read.
    private mutating func takeReply(_ row: OutRow, _ object: [UInt8]) throws {
        guard try known(row, Self.replyOfAnother) == nil else {
            report.conflictingReplies += 1
            return
        }
        switch try known(row, Self.knownReply) {
        case nil:
            guard takesPlace(row) else { return }
            try database.cachedStatement(sql: Self.addReply).execute(arguments: [
                Blob(row.organisation), Blob(row.tag), Int(row.shard), Int(bundle.shards),
                Blob(row.digest), Blob(object),
            ])
            report.newReplies += 1
        case row.digest:
            if try restoreReply(row, object) {
                report.restored += 1
            } else {
                report.knownReplies += 1
            }
        case .some: report.conflictingReplies += 1
        }
    }

    /// An organisation's transfers come back to nobody: the receiver must be one to whom the next
    /// export can bring them.
    private mutating func takeTransfer(_ row: OutRow, _ object: [UInt8]) throws {
        guard directory.organisation(row.organisation) != nil else {
            report.unlistedTransfers += 1
            return
        }
        switch try known(row, Self.knownTransfer) {
        case nil:
            guard takesPlace(row) else { return }
            try database.cachedStatement(sql: Self.addTransfer).execute(arguments: [
                Blob(row.organisation), Blob(row.tag), Blob(row.digest), Blob(object),
                Blob(bundle.organisation),
            ])
            report.newTransfers += 1
        case row.digest:
            if try restoreTransfer(row, object) {
                report.restored += 1
            } else {
                report.knownTransfers += 1
            }
        case .some: report.conflictingTransfers += 1
        }
    }

    private mutating func takeWithdrawal(_ row: OutRow) throws {
        guard try known(row, Self.knownReply) == row.digest else {
            report.unknownWithdrawals += 1
            return
        }
        if try known(row, Self.knownWithdrawal) == nil {
            guard takesPlace(row) else { return }
            try database.cachedStatement(sql: Self.addWithdrawal).execute(arguments: [
                Blob(row.organisation), Blob(row.tag), Blob(row.digest),
            ])
            report.newWithdrawals += 1
        } else {
            report.knownWithdrawals += 1
        }
    }

    /// Puts back a reply whose body went with an older copy of the store.
    private func restoreReply(_ row: OutRow, _ object: [UInt8]) throws -> Bool {
        guard let index = try index(of: .reply, row),
            !(try retention.isReplyOver(at: index)),
            !(try MovedBody(database: database, place: .reply).isHeld(at: index, row.digest))
        else { return false }
        try database.execute(
            sql: "INSERT INTO reply (position, shard, shards, body) VALUES (?, ?, ?, ?)",
            arguments: [index.column, Int(row.shard), Int(bundle.shards), Blob(object)]
        )
        try find(at: index)
        return true
    }

    /// Puts back a transferred envelope that its receiver may still need.
    private func restoreTransfer(_ row: OutRow, _ object: [UInt8]) throws -> Bool {
        let leaf = Leaf.transferred(row.organisation, row.tag, row.digest)
        guard let index = try index(of: .transferred, row),
            !(try retention.isOver(leaf, at: index)),
            !(try MovedBody(database: database, place: .text).isHeld(at: index, row.digest))
        else { return false }
        try database.execute(sql: CloseQueries.addText, arguments: [index.column, Blob(object)])
        try find(at: index)
        return true
    }

    private func find(at index: UInt64) throws {
        try database.execute(
            sql: "DELETE FROM lost WHERE position = ?",
            arguments: [index.column]
        )
    }

    /// The index of a row's leaf; nil while it waits for its close.
    private func index(of type: LeafType, _ row: OutRow) throws -> UInt64? {
        let query = type == .reply ? Self.replyLeaf : Self.transferLeaf
        return try Row.fetchOne(
            try database.cachedStatement(sql: query),
            arguments: [Blob(row.organisation), Blob(row.tag)]
        ).map { $0.index(0) }
    }

    private func known(_ row: OutRow, _ query: String) throws -> Digest? {
        let statement = try database.cachedStatement(sql: query)
        let arguments: StatementArguments = [Blob(row.organisation), Blob(row.tag)]
        return try Row.fetchOne(statement, arguments: arguments).map { try $0.fixed(0) }
    }
}
