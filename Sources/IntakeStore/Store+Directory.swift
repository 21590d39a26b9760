import GRDB
import SealedIntake

extension Store {
    /// Installs a directory; the one that is in force already may come again.
    ///
    /// It is served at once and logged by the next close.
    /// - Throws: ``StoreError/directory(_:)`` for signatures, form, deployment and expiry, then
    ///   ``StoreError/logKeyNotNamed``, ``StoreError/promiseKeyNotNamed`` where a key is given,
    ///   ``StoreError/serialTooLarge``, and ``StoreError/directory(_:)`` for its serial.
    @discardableResult
    public func install(
        directory bytes: [UInt8],
        roots: Roots,
        logKey: VerifierKey,
        promiseKey: VerifierKey? = nil,
        today: Day
    ) throws -> InstalledDirectory {
        let verified: VerifiedDirectory
        do throws(DirectoryError) {
            let note = try Self.note(bytes)
            verified = try VerifiedDirectory(note: note, roots: roots, deployment: deployment)
            try verified.checkHolds(on: today)
        } catch {
            throw StoreError.directory(error)
        }
        guard verified.directory.logKeys.contains(logKey) else {
            throw StoreError.logKeyNotNamed
        }
        guard promiseKey.map(verified.directory.promiseKeys.contains) ?? true else {
            throw StoreError.promiseKeyNotNamed
        }
        let installed = InstalledDirectory(verified)
        try storing {
            try pool.write { database in
                if let newest = try InstalledDirectory.newest(in: database) {
                    try Self.check(verified, supersedes: newest)
                }
                try installed.insert(into: database)
                try DropLevel(database).run()
                try House.raiseGeneration(in: database)
            }
        }
        try refresh()
        return installed
    }

    private static func note(_ bytes: [UInt8]) throws(DirectoryError) -> SignedNote {
        do throws(NoteError) {
            return try SignedNote(bytes: bytes)
        } catch {
            throw .note(error)
        }
    }

    private static func check(
        _ verified: VerifiedDirectory,
        supersedes newest: InstalledDirectory
    ) throws {
        guard verified.directory.serial <= UInt64(Int64.max) else {
            throw StoreError.serialTooLarge
        }
        do throws(DirectoryError) {
            try verified.checkSupersedes(
                serial: newest.directory.serial,
                digest: newest.digest
            )
        } catch {
            throw StoreError.directory(error)
        }
    }
}
