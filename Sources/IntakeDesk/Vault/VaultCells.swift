import Foundation
import GRDB
import SealedIntake

/// The cells of an open vault within one transaction; what SQLite throws there the transaction
/// tells as the storage's.
struct VaultCells {
    let database: Database
    let cipher: VaultCipher
    let readRows = ReadRows()
    let mending: CellMending

    /// The cells of one transaction; `searches` says of how many a bit is looked for.
    init(database: Database, cipher: VaultCipher, damage: VaultDamage, searches: Int) {
        self.database = database
        self.cipher = cipher
        mending = CellMending(searches: searches, noting: damage)
    }

    /// What stands in one cell.
    func cell(_ table: VaultTable, row: Int64, _ column: VaultColumn) throws -> [UInt8] {
        let stored = try Data.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(column.rawValue) FROM \(table.rawValue) WHERE id = ?"
            ),
            arguments: [row]
        )
        let place = CellPlace(table: table, row: row, column: column)
        return try opened([UInt8](stored ?? Data()), at: place)
    }

    /// What a cell holds, with a bit turned back where that is all that is wrong.
    private func opened(_ bytes: [UInt8], at place: CellPlace) throws -> [UInt8] {
        do {
            return try cipher.decrypt(bytes, at: place)
        } catch {
            guard let whole = mending.plaintext(of: bytes, at: place, cipher) else { throw error }
            return whole
        }
    }

    /// Lends one column of all rows, in order; a row that is missing between others is found.
    ///
    /// One walk over the table, a look-up for each row would cost more than the cells. `body` must not
    /// write to the table, nor walk over it.
    func eachRow(
        of table: VaultTable,
        _ column: VaultColumn,
        _ body: (Int64, [UInt8]) throws -> Void
    ) throws {
        let last = try lastRow(of: table)
        guard last > 0 else { return }
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT id, \(column.rawValue) FROM \(table.rawValue) WHERE id > 0 ORDER BY id"
            )
        )
        let place = { CellPlace(table: table, row: $0, column: column) }
        var next: Int64 = 1
        while let found = try rows.next() {
            let row: Int64 = found[0]
            let bytes = try found.withUnsafeData(atIndex: 1) { [UInt8]($0 ?? Data()) }
            // What stands in a row that is not there opens nowhere.
            try body(next, try opened(row == next ? bytes : [], at: place(next)))
            next += 1
        }
        if next <= last { try body(next, try opened([], at: place(next))) }
    }

    /// Appends a row and returns its number.
    func append(
        to table: VaultTable,
        _ values: [VaultColumn: [UInt8]]
    ) throws -> Int64 {
        let row = try lastRow(of: table) + 1
        try insert(table, row: row, values)
        return row
    }

    /// Writes a row whose number is known.
    func insert(
        _ table: VaultTable,
        row: Int64,
        _ values: [VaultColumn: [UInt8]]
    ) throws {
        readRows.forget(table)
        let columns = table.columns
        precondition(values.count == columns.count)
        var arguments: [any DatabaseValueConvertible] = [row]
        for column in columns {
            let place = CellPlace(table: table, row: row, column: column)
            arguments.append(Data(cipher.encrypt(values[column] ?? [], at: place)))
        }
        let names = columns.map(\.rawValue).joined(separator: ", ")
        let marks = columns.map { _ in ", ?" }.joined()
        try database.cachedStatement(
            sql: "INSERT INTO \(table.rawValue) (id, \(names)) VALUES (?\(marks))"
        ).execute(arguments: StatementArguments(arguments))
    }

    /// Writes a cell anew.
    func replace(
        _ table: VaultTable,
        row: Int64,
        _ column: VaultColumn,
        with plaintext: [UInt8]
    ) throws {
        readRows.forget(table)
        let place = CellPlace(table: table, row: row, column: column)
        mending.forget(place)
        let cell = Data(cipher.encrypt(plaintext, at: place))
        try database.cachedStatement(
            sql: "UPDATE \(table.rawValue) SET \(column.rawValue) = ? WHERE id = ?"
        ).execute(arguments: [cell, row])
    }

    /// The number of the last row, 0 in an empty table and in one that an older program did not
    /// make; one that was taken away is missed by the census.
    func lastRow(of table: VaultTable) throws -> Int64 {
        guard try database.tableExists(table.rawValue) else { return 0 }
        return try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT max(id) FROM \(table.rawValue)")
        ) ?? 0
    }

    /// What a setting holds; empty where nothing was set.
    func setting(_ setting: Setting) throws -> [UInt8] {
        try cell(.setting, row: setting.rawValue, .record)
    }

    /// Sets a setting.
    func set(_ setting: Setting, to value: [UInt8]) throws {
        try replace(.setting, row: setting.rawValue, .record, with: value)
    }
}
