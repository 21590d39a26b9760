import GRDB

/// A table of the server's file as anybody reads it who has the file: every row, in the order in
/// which SQLite gives them.
struct KeptTable {
    let name: String
    let columns: [String]
    let rows: [[DatabaseValue]]

    /// Every table, SQLite's own excepted.
    static func all(in database: Database) throws -> [KeptTable] {
        let query = """
            SELECT name
            FROM sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
            ORDER BY name
            """
        return try String.fetchAll(database, sql: query).map { name in
            let columns = try database.columns(in: name).map(\.name)
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM \"\(name)\"")
            return KeptTable(
                name: name,
                columns: columns,
                rows: rows.map { [DatabaseValue]($0.databaseValues) }
            )
        }
    }

    /// The layouts of the rows by their class: the kind of each column, and of bytes how many.
    ///
    /// A column `type` or `class` parts the rows into classes, whose number is public.
    var layouts: [String: Set<String>] {
        let parting = columns.firstIndex { $0 == "type" || $0 == "class" }
        return rows.reduce(into: [:]) { layouts, row in
            let name = parting.map { "\(self.name) \(row[$0])" } ?? self.name
            let layout = row.map(Self.layout(of:)).joined(separator: " ")
            layouts[name, default: []].insert(layout)
        }
    }

    private static func layout(of value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "null"
        case .int64: "number"
        case .double: "fraction"
        case .string(let text): "text \(text.utf8.count)"
        case .blob(let bytes): "bytes \(bytes.count)"
        }
    }
}

extension DatabaseValue {
    /// The bytes of a blob.
    var bytes: [UInt8]? {
        guard case .blob(let data) = storage else { return nil }
        return [UInt8](data)
    }

    /// The number.
    var number: Int64? {
        guard case .int64(let number) = storage else { return nil }
        return number
    }
}
