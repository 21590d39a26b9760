import SealedIntake

extension Desk {
    /// Opens every cell, walks through the journal and the log and asks SQLite itself; changes
    /// nothing.
    public func check() throws -> VaultCheck {
        try vault.read(searches: CellMending.many, Self.check)
    }

    /// The same, and writes anew each cell of which one bit turned over.
    public func mend() throws -> VaultCheck {
        try vault.write(searches: CellMending.many, Self.check)
    }

    private static func check(_ cells: VaultCells) throws -> VaultCheck {
        var check = try cells.check()
        check.comesAgainFrom = try check.damaged.compactMap { try leaf($0, in: cells) }.min()
        guard check.damaged.isEmpty else { return check }
        do {
            _ = try cells.journal()
            _ = try HeldLog(reading: cells)
        } catch let error as VaultError {
            check.damaged.append(error)
        }
        return check
    }

    /// The leaf that brought what stood in a damaged cell.
    private static func leaf(_ error: VaultError, in cells: VaultCells) throws -> UInt64? {
        guard case .damagedCell(let table, let row, let column) = error else { return nil }
        switch (VaultTable(rawValue: table), VaultColumn(rawValue: column)) {
        case (.message, .frame):
            let record = try cells.ifItOpens { try cells.record(MessageRecord.self, at: row) }
            // What a release opened needs the message that brought its key too.
            if case .released? = record?.source { return nil }
            return record?.index
        case (.unreadable, .envelope):
            let record = try cells.ifItOpens { try cells.record(UnreadableRecord.self, at: row) }
            return record?.index
        default: return nil
        }
    }
}
