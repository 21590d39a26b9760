import SealedIntake

extension VaultCells {
    /// Writes down how many rows each table has, so that a row cut off is missed.
    func writeCensus() throws {
        var writer = ByteWriter()
        for table in VaultTable.allCases { writer.u64(UInt64(try lastRow(of: table))) }
        try set(.census, to: writer.bytes)
    }

    /// Compares the tables with what was written down last.
    /// - Throws: ``VaultError/damagedTable(table:found:written:)``.
    func checkCensus() throws {
        var reader = ByteReader(try setting(.census))
        for table in VaultTable.allCases {
            let written = Int64(clamping: (try? reader.u64()) ?? 0)
            let found = try lastRow(of: table)
            guard found == written else {
                throw VaultError.damagedTable(table: table.rawValue, found: found, written: written)
            }
        }
    }
}
