import GRDB
import SealedIntake

extension Store {
    /// Takes an out-bundle of a desk: all of it or nothing.
    ///
    /// `open` gives the bundle from its first byte. It is read twice: verified completely
    /// without touching the store, then verified again while it is taken in one transaction.
    /// - Throws: ``StoreError/bundle(_:)``; the container before the acknowledgement.
    public func take<Source: ByteSource>(
        bundle open: () throws(StoreError) -> Source
    ) throws(StoreError) -> ImportReport {
        guard let directory = publication.directory?.directory else { throw .noDirectory }
        var source = try open()
        try Self.read(&source, directory) { _, _ in }
        source = try open()
        let report = try storing {
            var report: ImportReport?
            try pool.writeInTransaction(.immediate) { database in
                var taking: BundleTaking?
                let bundle = try Self.read(&source, directory) { bundle, item in
                    if taking == nil { taking = try BundleTaking(bundle, in: database) }
                    try taking?.take(item.row, item.object)
                }
                var rest = try taking ?? BundleTaking(bundle, in: database)
                report = try rest.finish()
                return .commit
            }
            return report
        }
        try refresh()
        guard let report else { throw .bundle("it was not taken") }
        return report
    }

    private struct Item {
        let row: OutRow
        let object: [UInt8]
    }

    /// Reads a bundle to its end and hands over each row with its object.
    @discardableResult
    private static func read<Source: ByteSource>(
        _ source: inout Source,
        _ directory: Directory,
        _ visit: (OutBundle, Item) throws -> Void
    ) throws(StoreError) -> OutBundle {
        try storing {
            do {
                let bundle = try OutBundle(from: &source, directory: directory)
                for row in bundle.rows {
                    var object: [UInt8] = []
                    if row.objectSize > 0 { object = try OutBundle.object(of: row, from: &source) }
                    try visit(bundle, Item(row: row, object: object))
                }
                try InBundle.checkEnd(of: &source)
                return bundle
            } catch let error as BundleError {
                throw StoreError.bundle(error.reason)
            }
        }
    }
}

/// Takes one verified bundle inside a transaction.
private struct BundleTaking {
    private let database: Database
    private let bundle: OutBundle
    private var report: ImportReport

    /// Refuses a desk that is ahead of this store, or that cosigned another tree.
    init(_ bundle: OutBundle, in database: Database) throws {
        self.database = database
        self.bundle = bundle
        report = ImportReport(organisation: bundle.organisation, have: bundle.have)
        let size = try StoredCheckpoint.newest(in: database).tree.size
        let asked = max(bundle.have, bundle.acknowledgement.size)
        guard asked <= size else {
            throw StoreError.bundle(
                "the desk has \(asked) leaves of a log of \(size), the store must be recovered"
            )
        }
        let acknowledgement = bundle.acknowledgement
        let held = try StoredCheckpoint.newest(upTo: acknowledgement.size, in: database).tree
        guard held.size == acknowledgement.size, held.root == acknowledgement.root else {
            throw StoreError.bundle("the cosigned checkpoint is not one of this log")
        }
    }

    mutating func take(_ row: OutRow, _ object: [UInt8]) throws {
        guard row.kind == .reply else {
            report.skippedRows += 1
            return
        }
        switch try known(row) {
        case row.digest: report.knownReplies += 1
        case .some: report.conflictingReplies += 1
        case nil:
            try database.cachedStatement(sql: Self.add).execute(arguments: [
                Blob(row.organisation), Blob(row.tag), Int(row.shardByte), Blob(row.digest),
                Blob(object),
            ])
            report.newReplies += 1
        }
    }

    /// Stores how far the desk is; what it cosigned only moves forward.
    mutating func finish() throws -> ImportReport {
        let known = try Acknowledgement.fetch(bundle.organisation, in: database)
        let isForward = bundle.acknowledgement.size > (known?.size ?? 0)
        let now = Acknowledgement(
            organisation: bundle.organisation,
            have: bundle.have,
            size: isForward ? bundle.acknowledgement.size : known?.size ?? 0,
            note: isForward ? bundle.checkpoint.note : known?.note
        )
        if now != known { try now.save(in: database) }
        if isForward { try House.raiseGeneration(in: database) }
        report.acknowledged = now.size
        return report
    }

    private func known(_ row: OutRow) throws -> Digest? {
        let statement = try database.cachedStatement(sql: Self.lookUp)
        let arguments: StatementArguments = [Blob(row.organisation), Blob(row.tag)]
        return try Row.fetchOne(statement, arguments: arguments).map { try $0.fixed(0) }
    }

    private static let lookUp = """
        SELECT digest
        FROM reply_inbox
        WHERE organisation = ?1 AND tag = ?2
        UNION ALL
        SELECT digest
        FROM leaf
        WHERE type = 2 AND organisation = ?1 AND tag = ?2
        LIMIT 1
        """

    private static let add = """
        INSERT INTO reply_inbox (organisation, tag, shard, digest, body)
        VALUES (?, ?, ?, ?, ?)
        """
}
