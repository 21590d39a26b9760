import SealedIntake

/// Holds the drop to the replies that were logged.
struct DropAudit {
    private let entries: [Tag: Digest]

    /// Reads all shards.
    /// - Throws: ``AuditError``, ``FileError``; also when one is missing.
    init(folder: AuditFolder, shards: UInt32) throws {
        var entries: [Tag: Digest] = [:]
        var count: Int?
        for shard in 0..<shards {
            let name = AuditFolder.shard(Int(shard))
            let bytes = try folder.bytes(name)
            let drop: Drop
            do throws(DropError) {
                drop = try Drop(bytes: bytes)
            } catch {
                throw AuditError.file(name, reason: error.clause)
            }
            guard drop.entries.count == count ?? drop.entries.count else {
                throw AuditError.unevenDrop(name)
            }
            count = drop.entries.count
            for entry in drop.entries { entries[entry.tag] = Digest(of: entry.envelope) }
        }
        self.entries = entries
    }

    /// Refuses a drop that lacks a reply, or holds one that must be gone, on the day closed last.
    /// - Throws: ``AuditError/entry(_:_:)``.
    func check(_ replies: [LoggedReplies.Entry], on day: Day) throws(AuditError) {
        for reply in replies {
            let isDue = !reply.isWithdrawn && reply.day.adding(Keeping.replyDays) > day
            let isHeld = entries[reply.tag] == reply.digest
            if isDue, !isHeld { throw .entry(reply.index, .withheld(reply.organisation)) }
            if !isDue, isHeld { throw .entry(reply.index, .stays(reply.organisation)) }
        }
    }
}
