import Foundation
import GRDB
import IntakeConsole
import SealedIntake

/// The one row in the clear: how the passphrase becomes a key, and the master key under it.
struct VaultHeader: Equatable {
    /// The version of tables and records.
    static let format: Int64 = 1

    let salt: [UInt8]
    let cost: PassphraseCost
    let wrappedKey: [UInt8]

    /// Wraps a master key under a passphrase.
    init(
        wrapping master: borrowing VaultKey,
        passphrase: borrowing SecretBytes,
        cost: PassphraseCost
    ) throws {
        salt = VaultKey.randomBytes(16)
        self.cost = cost
        let key = try cost.key(of: passphrase, salt: salt)
        wrappedKey = master.wrapped(under: key, place: Self.place(salt: salt, cost: cost))
    }

    /// Reads the row, or nil when it is not one of this version.
    init?(reading database: Database) throws {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT format, salt, operations, memory, master FROM vault WHERE id = 1"
        )
        guard let row, let format = Int64.fromDatabaseValue(row["format"]), format == Self.format,
            let salt = Data.fromDatabaseValue(row["salt"]), salt.count == 16,
            let operations = Int64.fromDatabaseValue(row["operations"]),
            let memory = Int64.fromDatabaseValue(row["memory"]),
            let cost = PassphraseCost(operations: operations, memoryBytes: memory),
            let master = Data.fromDatabaseValue(row["master"])
        else { return nil }
        self.salt = [UInt8](salt)
        self.cost = cost
        wrappedKey = [UInt8](master)
    }

    /// Writes the row of a new vault.
    func insert(into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO vault (id, format, salt, operations, memory, master)
                VALUES (1, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Self.format, Data(salt), Int64(cost.operations), cost.memoryBytes,
                Data(wrappedKey),
            ]
        )
    }

    /// The master key, by the passphrase however a keyboard types it.
    /// - Throws: ``VaultError/wrongPassphrase``.
    func masterKey(passphrase: borrowing SecretBytes) throws -> VaultKey {
        let place = Self.place(salt: salt, cost: cost)
        let master = try Passphrase.tried(passphrase) { passphrase in
            try cost.key(of: passphrase, salt: salt).unwrap(wrappedKey, place: place)
        }
        guard let master else { throw VaultError.wrongPassphrase }
        return master
    }

    /// What the wrapped key is bound to: the version and how its key was made.
    private static func place(salt: [UInt8], cost: PassphraseCost) -> [UInt8] {
        var writer = ByteWriter([UInt8]("sealedintake/v1/vault-master\0".utf8))
        writer.u64(UInt64(format))
        writer.append(salt)
        writer.u64(cost.operations)
        writer.u64(UInt64(cost.memoryBytes))
        return writer.bytes
    }
}
