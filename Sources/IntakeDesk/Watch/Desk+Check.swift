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
        guard check.damaged.isEmpty else { return check }
        do {
            _ = try cells.journal()
            _ = try HeldLog(reading: cells)
        } catch let error as VaultError {
            check.damaged.append(error)
        }
        return check
    }
}
