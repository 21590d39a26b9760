import SealedIntake

/// Turns back one bit of a cell that turned over, on a disk or in memory.
///
/// A cell that opens where it stands is the one that was written: whatever bit it takes. A
/// transaction that writes writes anew what it turned back.
final class CellMending {
    /// Cells above this many bytes are not searched: a file of the tree comes again.
    private static let longest = 65_536

    /// Of so many cells a bit is looked for in one command, each some seconds at most.
    static let few = 4

    /// The same, where a person asked for all that is wrong.
    static let many = 64

    /// How many more cells are searched: a vault in which much is wrong is told as that, at once.
    private var searches: Int

    /// What was turned back, with what it holds.
    private(set) var mended: [(place: CellPlace, plaintext: [UInt8])] = []

    /// Where everything is noted that does not open, for as long as the vault is.
    private let damage: VaultDamage

    /// Searches so many cells.
    init(searches: Int, noting damage: VaultDamage) {
        self.searches = searches
        self.damage = damage
    }

    /// What a cell held before one bit of it turned over; nil where more is wrong with it, or it
    /// was not searched.
    func plaintext(of cell: [UInt8], at place: CellPlace, _ cipher: VaultCipher) -> [UInt8]? {
        if let known = mended.first(where: { $0.place == place }) { return known.plaintext }
        let found = search(cell, place, cipher)
        if found == nil { damage.places.insert(place) }
        return found
    }

    private func search(
        _ cell: [UInt8],
        _ place: CellPlace,
        _ cipher: VaultCipher
    ) -> [UInt8]? {
        guard cell.count <= Self.longest, searches > 0 else { return nil }
        searches -= 1
        var cell = cell
        for index in cell.indices {
            for bit in 0..<8 {
                cell[index] ^= 1 << UInt8(bit)
                if let plaintext = try? cipher.decrypt(cell, at: place) {
                    mended.append((place, plaintext))
                    return plaintext
                }
                cell[index] ^= 1 << UInt8(bit)
            }
        }
        return nil
    }

    /// Forgets a cell that is written anew.
    func forget(_ place: CellPlace) {
        mended.removeAll { $0.place == place }
    }
}

/// The cells that did not open since a vault was opened.
final class VaultDamage {
    fileprivate(set) var places: Set<CellPlace> = []
}

extension VaultCells {
    /// What is read of cells; nil where one does not open, which is noted and told.
    func ifItOpens<Value>(_ read: () throws -> Value) throws -> Value? {
        do {
            return try read()
        } catch VaultError.damagedCell {
            return nil
        }
    }

    /// Writes anew what was turned back.
    func writeMended() throws {
        for (place, plaintext) in mending.mended {
            try replace(place.table, row: place.row, place.column, with: plaintext)
        }
    }
}
