import GRDB
import SealedIntake

/// Verifies the directories that were installed.
struct DirectoryCheck {
    /// All of them, by serial.
    let installed: [InstalledDirectory]

    private let rows: [Row]
    private let deployment: [UInt8]

    init(_ database: Database, deployment: [UInt8]) throws {
        let query = "SELECT serial, digest FROM directory ORDER BY serial"
        rows = try Row.fetchAll(database, sql: query)
        installed = try InstalledDirectory.all(in: database)
        self.deployment = deployment
    }

    /// Holds each to its row, and the newest to the roots; returns how many there are.
    ///
    /// Older ones may be signed by roots that have changed since.
    func run(roots: Roots?) throws -> Int {
        for (row, directory) in zip(rows, installed) {
            guard row.index(0) == directory.directory.serial,
                row.bytes(1) == directory.digest.bytes,
                directory.directory.deployment == deployment
            else { throw StoreError.damaged(.directoryChanged(row.index(0))) }
        }
        guard let newest = installed.last, let roots else { return installed.count }
        do throws(DirectoryError) {
            _ = try VerifiedDirectory(note: newest.note, roots: roots, deployment: deployment)
        } catch {
            let serial = newest.directory.serial
            throw StoreError.damaged(.directory(serial, error))
        }
        return installed.count
    }
}
