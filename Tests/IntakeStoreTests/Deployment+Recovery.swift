import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

extension Deployment {
    /// What the desk of an organisation writes for a server that fell behind: the leaves from a
    /// position up to the newest checkpoint, and a bundle.
    func leavesFile(
        of organisation: String = "nl-vi",
        from: UInt64 = 0,
        _ rows: [(row: OutRow, object: [UInt8])] = []
    ) throws -> [UInt8] {
        let before = try store.pool.read { try LogReader($0).tree(of: from) }
        let head = LeavesFile.head(
            checkpoint: try newest(),
            run: LogRun(
                before: before,
                leaves: try leaves(from: from)
            )
        )
        return head + (try bundle(of: organisation, rows))
    }

    /// Takes such a file that lies in memory.
    @discardableResult
    func recover(
        _ file: [UInt8],
        directories: [VerifiedDirectory] = [],
        today: Day? = nil
    ) throws -> RecoveryReport {
        try store.recover(
            leaves: { ArraySource(file) },
            directories: directories,
            today: today ?? self.today,
            logKey: logKey,
            mark: mark
        )
    }

    /// A backup of this store whose high-water mark is the newest that `other` wrote.
    func restored(markedBy other: Deployment) throws -> Deployment {
        let restored = try Deployment(copyOf: self)
        try restored.mark.write(try other.mark.read(logKey: logKey))
        return restored
    }

    /// Every checkpoint as it is kept: size, day, subtree roots, note.
    func checkpoints() throws -> [StoredCheckpoint] {
        try store.pool.read { try StoredCheckpoint.all(in: $0) }
    }
}
