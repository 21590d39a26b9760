import SealedIntake

/// Where a cell stands: what its ciphertext is bound to.
struct CellPlace: Hashable, Sendable {
    let table: VaultTable
    let row: Int64
    let column: VaultColumn

    /// `sealedintake/v1/vault-cell ‖ 00 ‖ table ‖ 00 ‖ column ‖ 00 ‖ u64 row`: the associated data.
    var associatedData: [UInt8] {
        var writer = ByteWriter(Self.label)
        for name in [table.rawValue, column.rawValue] { writer.append([UInt8](name.utf8) + [0]) }
        writer.u64(UInt64(bitPattern: row))
        return writer.bytes
    }

    private static let label = ascii("sealedintake/v1/vault-cell\0")
}

extension VaultError {
    /// The cell at a place.
    init(damaged place: CellPlace) {
        self = .damagedCell(
            table: place.table.rawValue,
            row: place.row,
            column: place.column.rawValue
        )
    }
}
