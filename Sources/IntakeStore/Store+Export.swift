import GRDB
import SealedIntake

extension Store {
    /// Writes the in-bundle for an organisation: from `from`, or from what its desk said it has,
    /// or from the first leaf that was not erased, up to the newest checkpoint, or the last one up to
    /// which the file has at most `most` bytes.
    ///
    /// The objects are streamed; the file gets its name only when it is whole.
    /// - Throws: ``StoreError/unknownOrganisation(_:)``, ``StoreError/beyondLog(asked:size:)``,
    ///   ``StoreError/erased(asked:first:)``, ``StoreError/closeTooLarge(_:)``.
    public func export(
        for organisation: OrganisationID,
        from: UInt64? = nil,
        most: UInt64 = .max,
        to path: String,
        logKey: LogKey
    ) throws -> ExportReport {
        try check(logKey)
        return try storing {
            try pool.read { database in
                var export = try Export(
                    database,
                    organisation: organisation,
                    from: from,
                    most: most
                )
                return try export.write(to: path, logKey: logKey)
            }
        }
    }
}
