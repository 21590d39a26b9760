import SealedIntake

/// The leaves this desk holds, one run without holes.
struct HeldLog: Sendable {
    /// The leaves; none, behind the empty tree, where nothing is held yet.
    let run: LogRun

    /// Whether anything was ever taken, be it a log without leaves.
    let hasBegun: Bool

    /// Whether a person accepted that they begin there.
    let isAccepted: Bool

    /// Whether leaves before the first were held once and erased.
    let isErased: Bool

    /// Takes the pieces of a vault in any order.
    /// - Throws: ``VaultError/unreadableRecord(table:row:)`` when they leave a hole.
    init(pieces: [LogRun], start: LogStart?) throws {
        let ordered = pieces.filter { !$0.leaves.isEmpty }.sorted { $0.first < $1.first }
        let nothing = LogRun(before: start?.before ?? MerkleTree(), leaves: [])
        guard let run = LogRun(joining: ordered.isEmpty ? [nothing] : ordered) else {
            throw VaultError.unreadableRecord(table: "leaves", row: Int64(ordered.count))
        }
        self.run = run
        hasBegun = start != nil
        isAccepted = start?.isAccepted ?? false
        isErased = start?.isErased ?? false
    }

    /// With what a bundle adds, as long as the vault does not have it yet.
    func adding(_ added: LogExtension, start: LogStart) throws -> HeldLog {
        try HeldLog(pieces: [added.earlier, run, added.later].compactMap { $0 }, start: start)
    }

    /// Whether the leaf of an index was never held.
    func isNew(_ index: UInt64) -> Bool {
        !hasBegun || index >= run.end || (index < run.first && !isErased)
    }
}
