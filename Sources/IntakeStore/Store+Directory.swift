import GRDB
import IntakeConsole
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
        let verified = try Self.verified(bytes, roots: roots, deployment: deployment)
        do throws(DirectoryError) {
            try verified.checkHolds(on: today)
        } catch {
            throw StoreError.directory(error)
        }
        let issued = verified.directory.issued
        guard issued <= today.adding(1) else {
            throw StoreError.clock(.directoryOfLater(clock: today, issued: issued))
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
        let serial = installed.directory.serial
        try AfterwardsError.telling("directory \(serial) is installed") { try refresh() }
        return installed
    }

    private static func note(_ bytes: [UInt8]) throws(DirectoryError) -> SignedNote {
        do throws(NoteError) {
            return try SignedNote(bytes: bytes)
        } catch {
            throw .note(error)
        }
    }

    /// Whether the directory in force is signed by the roots, as it was when it was installed.
    public func isDirectorySigned(by roots: Roots) -> Bool {
        guard let note = publication.directory?.note else { return true }
        return (try? VerifiedDirectory(note: note, roots: roots, deployment: deployment)) != nil
    }

    /// Puts another copy of the newest directory into a store whose own is spoiled beyond mending.
    ///
    /// Where it is whole nothing is done; a newer one is installed after that.
    /// The store must not be open: it may be the reason why it cannot be.
    /// - Throws: ``StoreError/directory(_:)``, ``StoreError/database(_:)``.
    public static func replaceSpoiledDirectory(
        at path: String,
        with bytes: [UInt8],
        roots: Roots
    ) throws {
        try storing {
            let pool = try DatabaseFile.open(path)
            try pool.write { database in
                let deployment = try House.fetch(from: database).deployment
                let verified = try Self.verified(bytes, roots: roots, deployment: deployment)
                guard let spoiled = try spoiledSerial(roots, deployment, in: database),
                    spoiled == verified.directory.serial
                else { return }
                try InstalledDirectory(verified).insert(into: database)
                try House.raiseGeneration(in: database)
            }
            try pool.close()
        }
    }

    /// The serial of the newest directory where that is not whole, or not signed.
    private static func spoiledSerial(
        _ roots: Roots,
        _ deployment: [UInt8],
        in database: Database
    ) throws -> UInt64? {
        do {
            guard let newest = try InstalledDirectory.newest(in: database) else { return nil }
            let isSigned = try? VerifiedDirectory(
                note: newest.note,
                roots: roots,
                deployment: deployment
            )
            return isSigned == nil ? newest.directory.serial : nil
        } catch StoreError.damaged(.directoryChanged(let serial)) {
            return serial
        }
    }

    private static func verified(
        _ bytes: [UInt8],
        roots: Roots,
        deployment: [UInt8]
    ) throws -> VerifiedDirectory {
        do throws(DirectoryError) {
            return try VerifiedDirectory(note: note(bytes), roots: roots, deployment: deployment)
        } catch {
            throw StoreError.directory(error)
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
