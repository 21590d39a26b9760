import GRDB
import SealedIntake

/// What a check of a vault found.
public struct VaultCheck: Equatable, Sendable {
    /// Cells that open where they stand.
    public internal(set) var cells = 0
    /// Cells of which one bit turned over.
    public internal(set) var mended: [VaultError] = []
    /// What does not open, and what does not fit.
    public internal(set) var damaged: [VaultError] = []
    /// The first leaf of which an object stood in a cell that does not open, nil where there is none.
    ///
    /// A bundle from there brings it again.
    public internal(set) var comesAgainFrom: UInt64?
}

extension VaultCells {
    /// Asks SQLite itself and opens every cell.
    func check() throws -> VaultCheck {
        var check = VaultCheck()
        let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)")
        if verdict != "ok" { check.damaged.append(.storage(verdict ?? "no answer")) }
        for table in VaultTable.allCases { try self.check(table, &check) }
        check.mended = mending.mended.map { VaultError(damaged: $0.place) }
        return check
    }

    private func check(_ table: VaultTable, _ check: inout VaultCheck) throws {
        let last = try lastRow(of: table)
        guard last > 0 else { return }
        for row in 1...last {
            for column in table.columns {
                do {
                    _ = try cell(table, row: row, column)
                    check.cells += 1
                } catch let error as VaultError {
                    check.damaged.append(error)
                }
            }
        }
    }
}
