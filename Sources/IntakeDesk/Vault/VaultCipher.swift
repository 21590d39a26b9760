import SealedIntake

/// The master key, shared by all that reads and writes cells of one open vault.
final class VaultCipher: Sendable {
    private let key: VaultKey

    init(_ key: consuming VaultKey) {
        self.key = key
    }

    /// A cell for one place.
    func encrypt(_ plaintext: [UInt8], at place: CellPlace) -> [UInt8] {
        key.encrypt(plaintext, place: place.associatedData)
    }

    /// What a cell holds.
    /// - Throws: ``VaultError/damagedCell(table:row:column:)`` when it does not belong there.
    func decrypt(_ cell: [UInt8], at place: CellPlace) throws -> [UInt8] {
        guard let plaintext = key.decrypt(cell, place: place.associatedData) else {
            throw VaultError(damaged: place)
        }
        return plaintext
    }
}
