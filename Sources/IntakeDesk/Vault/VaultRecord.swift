import SealedIntake

/// What a `record` cell holds: always the same length for one kind of record.
protocol VaultRecord: Sendable {
    /// The table it stands in.
    static var table: VaultTable { get }

    /// Reads what ``write(to:)`` wrote.
    init(from reader: inout ByteReader) throws(ByteReaderError)

    /// Writes every value in a fixed order.
    func write(to writer: inout ByteWriter)
}

extension VaultRecord {
    /// The bytes of the cell.
    var bytes: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }
}

extension VaultCells {
    /// All records of a kind with their rows, in order.
    func records<Record: VaultRecord>(
        _ kind: Record.Type = Record.self
    ) throws -> [(row: Int64, record: Record)] {
        if let known = readRows.records(Record.self) { return known }
        var all: [(row: Int64, record: Record)] = []
        try eachRow(of: Record.table, .record) { row, bytes in
            all.append((row, try decoded(bytes, row: row)))
        }
        readRows.keep(all)
        return all
    }

    /// The record of one row.
    func record<Record: VaultRecord>(_ kind: Record.Type, at row: Int64) throws -> Record {
        try decoded(try cell(Record.table, row: row, .record), row: row)
    }

    /// Appends a record whose table has no other column, and returns its row.
    func append<Record: VaultRecord>(_ record: Record) throws -> Int64 {
        try append(to: Record.table, [.record: record.bytes])
    }

    /// Writes a record anew.
    func replace<Record: VaultRecord>(row: Int64, with record: Record) throws {
        try replace(Record.table, row: row, .record, with: record.bytes)
    }

    private func decoded<Record: VaultRecord>(
        _ bytes: [UInt8],
        row: Int64
    ) throws -> Record {
        var reader = ByteReader(bytes)
        guard let record = try? Record(from: &reader), reader.isAtEnd else {
            throw VaultError.unreadableRecord(table: Record.table.rawValue, row: row)
        }
        return record
    }
}
