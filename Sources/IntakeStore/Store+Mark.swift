import GRDB
import SealedIntake

/// The high-water mark and the store, held to each other.
extension Store {
    /// Refuses a store that does not hold what was signed before.
    static func checkHolds(_ signed: VerifiedCheckpoint, _ database: Database) throws {
        let size = signed.checkpoint.size
        let newest = try StoredCheckpoint.newest(in: database).tree.size
        let held = try StoredCheckpoint.newest(upTo: size, in: database).tree
        guard held.size == size, held.root == signed.checkpoint.root else {
            throw StoreError.behindHighWaterMark(has: newest, signed: size)
        }
    }

    /// Sets the mark to the newest checkpoint, also after a close that was killed before it did.
    ///
    /// Under the lock of the database, so that of two processes none takes it back.
    func raise(_ mark: HighWaterMark, _ logKey: LogKey) throws {
        try storing {
            try pool.writeInTransaction(.immediate) { database in
                let newest = try StoredCheckpoint.newest(in: database)
                let signed = try mark.read(logKey: logKey)
                if signed.checkpoint.size < newest.tree.size {
                    try mark.write(try logKey.verified(newest.note))
                }
                return .rollback
            }
        }
    }
}
