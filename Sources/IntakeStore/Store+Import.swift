import GRDB
import IntakeConsole
import SealedIntake

extension Store {
    /// Takes an out-bundle of a desk: all of it or nothing.
    ///
    /// `open` gives the bundle from its first byte. It is read twice: verified completely
    /// without touching the store, then verified again while it is taken in one transaction.
    /// A desk that knows a longer log than this store has is taken at its word: no day is closed
    /// then until the store is recovered.
    /// - Throws: ``StoreError/bundle(_:)``; the container before the acknowledgement.
    public func take<Source: ByteSource>(
        bundle open: () throws -> Source
    ) throws -> ImportReport {
        guard let directory = publication.directory?.directory else { throw StoreError.noDirectory }
        var source = try storing(open)
        try Self.read(&source, directory) { _, _ in }
        source = try storing(open)
        var report: ImportReport?
        try storing {
            try pool.writeInTransaction(.immediate) { database in
                report = try Self.take(&source, directory, in: database)
                return .commit
            }
        }
        try AfterwardsError.telling("the bundle is taken") { try refresh() }
        guard let report else { throw StoreError.database("the transaction did not run") }
        return report
    }

    /// Takes a bundle inside a transaction.
    static func take<Source: ByteSource>(
        _ source: inout Source,
        _ directory: Directory,
        in database: Database
    ) throws -> ImportReport {
        var taking: BundleTaking?
        let bundle = try read(&source, directory) { bundle, item in
            if taking == nil { taking = try BundleTaking(bundle, directory, database) }
            try taking?.take(item.row, item.object)
        }
        var rest = try taking ?? BundleTaking(bundle, directory, database)
        return try rest.finish()
    }

    /// A row of a bundle with its object.
    struct Item {
        let row: OutRow
        let object: [UInt8]
    }

    /// Reads a bundle to its end and hands over each row with its object.
    @discardableResult
    static func read<Source: ByteSource>(
        _ source: inout Source,
        _ directory: Directory,
        _ visit: (OutBundle, Item) throws -> Void
    ) throws -> OutBundle {
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
                throw StoreError.bundle(error)
            }
        }
    }
}
