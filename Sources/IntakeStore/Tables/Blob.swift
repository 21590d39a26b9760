import GRDB
import SealedIntake

/// Bytes as SQLite keeps them.
struct Blob: DatabaseValueConvertible, Hashable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(_ value: some FixedBytes) {
        bytes = value.bytes
    }

    /// An organisation as the wire writes it, 16 bytes; zeros for nobody in particular.
    init(_ organisation: OrganisationID?) {
        bytes = organisation?.padded ?? [UInt8](repeating: 0, count: 16)
    }

    var databaseValue: DatabaseValue {
        DatabaseValue.Storage.blob(.init(bytes)).value?.databaseValue ?? .null
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
        guard case .blob(let data) = value.storage else { return nil }
        return Blob([UInt8](data))
    }
}

extension Row {
    /// The bytes of a column that our own schema fills.
    func bytes(_ index: Int) -> [UInt8] {
        let blob: Blob = self[index]
        return blob.bytes
    }

    /// The bytes of a column that holds one value of a fixed length.
    /// - Throws: ``StoreError/damaged(_:)`` when the length is another.
    func fixed<Value: FixedBytes>(_ index: Int) throws -> Value {
        guard let value = Value(bytes: bytes(index)) else {
            throw StoreError.damaged(.value)
        }
        return value
    }

    /// The organisation in a column of 16 bytes.
    /// - Throws: ``StoreError/damaged(_:)`` when it is none.
    func organisation(_ index: Int) throws -> OrganisationID {
        guard let id = OrganisationID(padded: bytes(index)) else {
            throw StoreError.damaged(.organisation)
        }
        return id
    }

    /// The number in a column that holds the tag of a directory or an acknowledgement.
    /// - Throws: ``StoreError/damaged(_:)`` when it is none.
    func number(_ index: Int) throws -> UInt64 {
        var reader = ByteReader(bytes(index))
        guard let number = try? reader.u64() else { throw StoreError.damaged(.number) }
        return number
    }

    /// The day in a column.
    func day(_ index: Int) -> Day {
        Day(number: UInt32(clamping: self[index] as Int64))
    }

    /// The size or index in a column.
    func index(_ index: Int) -> UInt64 {
        UInt64(clamping: self[index] as Int64)
    }
}

extension UInt64 {
    /// A size or index as SQLite keeps it.
    var column: Int64 { Int64(clamping: self) }
}

extension Day {
    /// A day as SQLite keeps it.
    var column: Int64 { Int64(number) }
}
