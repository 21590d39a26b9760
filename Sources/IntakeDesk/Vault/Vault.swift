import Foundation
import GRDB
import IntakeConsole
import SealedIntake

/// The desk's one file: SQLite, in which every cell is encrypted and bound to its place.
///
/// Whoever has the file learns how many threads, messages, replies and leaves there are, nothing
/// else. The journal is deleted at every commit and holds the same ciphertext; temporary tables
/// stay in memory.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
final class Vault {
    /// Where the file lies, as it was named.
    let path: String

    private let queue: DatabaseQueue
    private let cipher: VaultCipher

    /// What did not open so far.
    let damage = VaultDamage()

    private init(path: String, queue: DatabaseQueue, cipher: VaultCipher) {
        self.path = path
        self.queue = queue
        self.cipher = cipher
    }

    /// Makes a new vault file, mode 600, and fills it in the same transaction; nothing is left of
    /// one that could not be made.
    static func create(
        at path: String,
        passphrase: borrowing SecretBytes,
        cost: PassphraseCost,
        filling fill: (VaultCells) throws -> Void
    ) throws -> Vault {
        try checkIsNew(path)
        try checkNothingBeside(path)
        let master = VaultKey.random()
        let header = try VaultHeader(wrapping: master, passphrase: passphrase, cost: cost)
        var file = try PlainFileWriter(path, mode: 0o600, isNew: true)
        let unfinished = file.unfinishedPath
        let vault = Vault(
            path: unfinished,
            queue: try connect(to: unfinished, access: .unnamed),
            cipher: VaultCipher(master)
        )
        try vault.makeTables(with: header, filling: fill)
        try vault.close()
        try file.finish()
        return try vault.reopened(at: path)
    }

    /// Opens a vault; `name` is what a refusal calls it, where that is not the path.
    /// - Throws: ``VaultError``; that the file is there and a vault is checked before the
    ///   passphrase, that before the number of rows.
    static func open(
        at path: String,
        named name: String? = nil,
        passphrase: borrowing SecretBytes,
        access: VaultAccess
    ) throws -> Vault {
        let name = name ?? path
        try checkIsThere(path, named: name)
        let queue = try connect(to: path, access: access)
        guard let header = try header(in: queue, path: name) else {
            throw VaultError.notAVault(path: name)
        }
        let cipher = VaultCipher(try header.masterKey(passphrase: passphrase))
        let vault = Vault(path: path, queue: queue, cipher: cipher)
        try vault.read { cells in try cells.checkCensus() }
        if access == .writing { try vault.completeTables() }
        return vault
    }

    /// Refuses a name under which there is nothing.
    static func checkIsThere(_ path: String, named name: String? = nil) throws {
        guard try PlainFile.exists(path) else { throw VaultError.missing(path: path) }
        try PlainFile.checkDatabase(path)
        let (offset, leaf) = VaultSchema.pageKind
        let kind = try PlainFileReader(path).read(1, at: offset)
        guard kind == [leaf] else { throw VaultError.notAVault(path: name ?? path) }
    }

    /// Refuses a name that is taken.
    static func checkIsNew(_ path: String) throws {
        guard try !PlainFile.exists(path) else { throw VaultError.exists(path: path) }
    }

    /// Lets go of the file.
    func close() throws {
        do { try queue.close() } catch { throw VaultError(storage: error) }
    }

    /// The same vault under its name, after the file got one.
    func reopened(at path: String) throws -> Vault {
        let queue = try Self.connect(to: path, access: .writing)
        return Vault(path: path, queue: queue, cipher: cipher)
    }

    /// Writes all that is in it, and nothing else, into an empty file.
    func vacuum(into path: String) throws {
        do {
            try queue.inDatabase { database in
                try database.execute(sql: "VACUUM INTO ?", arguments: [path])
            }
        } catch {
            throw VaultError(storage: error)
        }
    }

    /// A copy that has no name yet, opened by this vault's key.
    /// - Throws: ``VaultError/otherCopy`` where it lies under another passphrase.
    func copy(at path: String) throws -> Vault {
        let copy = try Self.connect(to: path, access: .unnamed)
        let own = try Self.header(in: queue, path: path)
        let found = try Self.header(in: copy, path: path)
        guard let own, found == own else { throw VaultError.otherCopy }
        return Vault(path: path, queue: copy, cipher: cipher)
    }

    /// Reads in one transaction.
    func read<Value>(
        searches: Int = CellMending.few,
        _ body: (VaultCells) throws -> Value
    ) throws -> Value {
        try transact(.deferred, searches: searches, body)
    }

    /// Writes in one transaction, which either happens whole or leaves the vault as it was.
    func write<Value>(
        searches: Int = CellMending.few,
        _ body: (VaultCells) throws -> Value
    ) throws -> Value {
        try transact(.immediate, searches: searches) { cells in
            let value = try body(cells)
            try cells.writeMended()
            try cells.writeCensus()
            return value
        }
    }

    /// Runs one transaction, which is undone where anything is thrown; what is no refusal of ours
    /// is the storage's.
    private func transact<Value>(
        _ kind: Database.TransactionKind,
        searches: Int = CellMending.few,
        _ body: (VaultCells) throws -> Value
    ) throws -> Value {
        var isDecided = false
        do {
            return try queue.inDatabase { database in
                let cells = VaultCells(
                    database: database,
                    cipher: cipher,
                    damage: damage,
                    searches: searches
                )
                var value: Value?
                try database.inTransaction(kind) {
                    value = try body(cells)
                    isDecided = kind == .immediate
                    return .commit
                }
                guard let value else { throw VaultError.storage("the transaction did not run") }
                return value
            }
        } catch let refusal as any Refusal {
            throw refusal
        } catch {
            let refusal = VaultError(storage: error)
            guard isDecided, case .storage(let reason) = refusal else { throw refusal }
            throw VaultError.unconfirmed(reason)
        }
    }

    private func completeTables() throws {
        try transact(.immediate) { cells in try VaultSchema.complete(in: cells.database) }
    }

    private func makeTables(
        with header: VaultHeader,
        filling fill: (VaultCells) throws -> Void
    ) throws {
        try transact(.immediate) { cells in
            try VaultSchema.create(in: cells.database)
            try header.insert(into: cells.database)
            for setting in Setting.allCases {
                try cells.insert(.setting, row: setting.rawValue, [.record: []])
            }
            try fill(cells)
            try cells.writeCensus()
        }
    }
}
