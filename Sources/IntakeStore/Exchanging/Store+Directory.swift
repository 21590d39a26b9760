import GRDB
import SealedIntake

extension Store {
    /// Installs a directory; the one that is in force already may come again.
    ///
    /// It is served at once and logged by the next close.
    /// - Throws: ``StoreError/directory(_:)``: signatures, form, deployment, expiry, log key, promise
    ///   key where one is given, serial, in this order.
    @discardableResult
    public func install(
        directory bytes: [UInt8],
        roots: Roots,
        logKey: VerifierKey,
        promiseKey: VerifierKey? = nil,
        today: Day
    ) throws(StoreError) -> InstalledDirectory {
        let verified: VerifiedDirectory
        do throws(DirectoryError) {
            let note = try Self.note(bytes)
            verified = try VerifiedDirectory(note: note, roots: roots, deployment: deployment)
            try verified.checkHolds(on: today)
        } catch {
            throw .directory(error.explanation)
        }
        guard verified.directory.logKeys.contains(logKey) else {
            throw .directory("it does not name the key of this log")
        }
        guard promiseKey.map(verified.directory.promiseKeys.contains) ?? true else {
            throw .directory("it does not name the promise key of this server")
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
    ) throws(StoreError) {
        guard verified.directory.serial <= UInt64(Int64.max) else {
            throw .directory("its serial is too large")
        }
        do throws(DirectoryError) {
            try verified.checkSupersedes(
                serial: newest.directory.serial,
                digest: newest.digest
            )
        } catch {
            throw .directory(error.explanation)
        }
    }
}

extension DirectoryError {
    /// The clause with the numbers that a person needs.
    var explanation: String {
        switch self {
        case .tooFewRoots(let found, let needed):
            "signed by \(found) known roots, it must be \(needed)"
        case .badLine(let line): "line \(line) is not in its form"
        case .expired(let day): "it expired on \(day.description), it must hold today"
        case .staleSerial(let found, let known):
            "its serial is \(found), it must be above \(known)"
        case .badRoots, .note, .inconsistent, .otherDeployment, .contradiction: reason
        }
    }
}
