import GRDB
import IntakeConsole
import SealedIntake

extension Vault {
    /// How many bytes are copied at once.
    private static let piece = 1 << 20

    /// Writes a whole copy under a new name, mode 600: what a command that was cut off left half
    /// done is not in it, and it has its name when every cell opens and all is on the disk.
    /// - Throws: ``FileError``, ``VaultError``.
    func copy(to path: String) throws {
        try Self.checkNothingBeside(path)
        var file = try PlainFileWriter(path, mode: 0o600, isNew: true)
        let unfinished = file.unfinishedPath
        try vacuum(into: unfinished)
        let copy = try self.copy(at: unfinished)
        _ = try copy.verify()
        try copy.close()
        try file.finish()
    }

    /// Brings a copy back as a vault, whole or not at all; nothing is overwritten.
    /// - Throws: ``FileError``, ``VaultError``; the copy is opened by its passphrase and read
    ///   whole before it gets its name.
    static func restore(
        from copy: String,
        to path: String,
        passphrase: borrowing SecretBytes
    ) throws -> Vault {
        try checkIsNew(path)
        try checkNothingBeside(path)
        let source = try PlainFileReader(copy)
        var file = try PlainFileWriter(path, mode: 0o600, isNew: true)
        var offset: UInt64 = 0
        while case let bytes = try source.read(piece, at: offset), !bytes.isEmpty {
            try file.write(bytes)
            offset += UInt64(bytes.count)
        }
        let vault = try open(
            at: file.unfinishedPath,
            named: copy,
            passphrase: passphrase,
            access: .unnamed
        )
        let length = try vault.verify()
        // SQLite fills up what is missing of the last page with zeros.
        guard offset == length else {
            throw VaultError.storage("\(offset) bytes of the copy are no whole pages")
        }
        try vault.close()
        try file.finish()
        return try vault.reopened(at: path)
    }

    /// Reads all of it, SQLite's pages, how many rows there are, and each cell; says how long it is.
    ///
    /// One bit of a cell that turned over is put right in it.
    /// - Throws: ``VaultError``.
    private func verify() throws -> UInt64 {
        let check = try read(searches: CellMending.many) { cells in
            try cells.checkCensus()
            return try cells.check()
        }
        if let first = check.damaged.first { throw first }
        if !check.mended.isEmpty { _ = try write(searches: CellMending.many) { try $0.check() } }
        return try read { cells in
            let pages = try Int64.fetchOne(cells.database, sql: "PRAGMA page_count") ?? 0
            let length = try Int64.fetchOne(cells.database, sql: "PRAGMA page_size") ?? 0
            return UInt64(clamping: pages * length)
        }
    }

    /// A journal beside a new vault is another's: SQLite would write it into the new one.
    static func checkNothingBeside(_ path: String) throws {
        try PlainFile.checkDatabase(path)
        for name in ["-journal", "-wal", "-shm"].map({ path + $0 })
        where try PlainFile.exists(name) {
            throw VaultError.exists(path: name)
        }
    }
}
