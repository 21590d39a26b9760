import Foundation
import GRDB
import SealedIntake

extension Vault {
    /// Opens the file with the settings every vault has; a writer takes it for itself.
    static func connect(to path: String, access: VaultAccess) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { database in
            if access != .reading {
                try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            }
            if access == .unnamed {
                try database.execute(sql: "PRAGMA journal_mode = MEMORY")
            }
            for pragma in [
                "temp_store = MEMORY", "secure_delete = ON", "trusted_schema = OFF",
                "cell_size_check = ON", "synchronous = EXTRA",
            ] {
                try database.execute(sql: "PRAGMA \(pragma)")
            }
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            if access == .writing {
                try queue.inDatabase { try $0.inTransaction(.exclusive) { .commit } }
            }
            return queue
        } catch {
            throw VaultError(storage: error, path: path)
        }
    }

    /// The row in the clear, or nil when the file is no vault of this version.
    static func header(in queue: DatabaseQueue, path: String) throws -> VaultHeader? {
        do {
            return try queue.inDatabase { database in
                let mark = try Int64.fetchOne(database, sql: "PRAGMA application_id")
                guard mark == VaultSchema.applicationID else { return nil }
                let found = try VaultSchema.version(of: database)
                guard found <= VaultSchema.version else {
                    throw VaultError.newer(path: path, schema: found)
                }
                guard try VaultSchema.isOurs(database) else { return nil }
                return try VaultHeader(reading: database)
            }
        } catch let refusal as any Refusal {
            throw refusal
        } catch {
            throw VaultError(storage: error, path: path)
        }
    }
}

extension VaultError {
    /// What SQLite said, in our words where there are some.
    init(storage error: any Error, path: String? = nil) {
        guard let error = error as? DatabaseError else {
            self = .storage(error.localizedDescription)
            return
        }
        switch (error.resultCode, path) {
        case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _): self = .inUse
        case (.SQLITE_NOTADB, let path?): self = .notAVault(path: path)
        default: self = .storage(error.message ?? "SQLite refuses")
        }
    }
}
