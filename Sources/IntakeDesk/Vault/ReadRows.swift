/// The records of tables that a transaction read, each kept until its table is written.
///
/// Opening a record costs a look into SQLite, an AEAD and a parse; one import needs many of them
/// for several books.
final class ReadRows {
    private var tables: [VaultTable: Any] = [:]

    /// The records of a table; nil where they were not read, or the table was written since.
    func records<Record: VaultRecord>(
        _ kind: Record.Type = Record.self
    ) -> [(row: Int64, record: Record)]? {
        tables[Record.table] as? [(row: Int64, record: Record)]
    }

    /// Keeps the records of a table.
    func keep<Record: VaultRecord>(_ records: [(row: Int64, record: Record)]) {
        tables[Record.table] = records
    }

    /// Forgets a table that is written.
    func forget(_ table: VaultTable) { tables[table] = nil }
}
