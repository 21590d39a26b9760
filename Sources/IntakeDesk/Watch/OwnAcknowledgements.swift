import SealedIntake

/// Holds the acknowledgements that the log has in this desk's name to what its desk signed.
///
/// What this vault gave it knows. A vault that was put back from a copy meets what it gave in the
/// life it lost; that shows by the signature of its own desk, which every bundle carries.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.4.
struct OwnAcknowledgements {
    /// The newest size under which a signature of this organisation was seen.
    private let signed: UInt64
    /// The size this vault cosigned last.
    private let cosigned: UInt64
    private let identity: DeskIdentity

    /// Whether the log has an acknowledgement of ours beyond what this vault cosigned, and its
    /// signature is ours: then the vault was put back from an older copy.
    private(set) var meetsLostLife = false

    /// Reads what this vault gave, and what the witnesses of a bundle and those before show.
    init(
        reading books: Books,
        witnesses: [VerifiedCheckpoint],
        directory: Directory?
    ) throws {
        identity = books.identity
        cosigned = try books.checkpoints().cosignedSize
        let sent = try books.cells.records(SentRecord.self).map(\.record.size)
        let exported = try books.cells.records(JournalRecord.self).map(\.record.entry)
            .filter { $0.kind == .exported || $0.kind == .leavesExported }
            .map { $0.numbers[1] }
        let id = identity.organisation
        let keys = (directory?.organisation(id)?.deskKeys ?? []) + [identity.deskKey]
        // A line of a known key that does not hold is no cosignature of anybody.
        let shown = witnesses.filter { (try? $0.cosigned(by: keys)) != nil }
            .map(\.checkpoint.size)
        let remembered = try books.witnesses().seen(of: id)
        signed = (sent + exported + shown + [remembered]).max() ?? 0
    }

    /// Whether an acknowledgement in this desk's name is one that its desk gave.
    ///
    /// Below the newest signature of this organisation there may be others of a life that was
    /// lost; one that no desk can have given is none of them.
    mutating func see(_ leaf: Leaf, at index: UInt64, in log: HeldLog) -> Bool {
        let size = leaf.number ?? 0
        guard size <= signed, size <= index, isCheckpoint(size, leaf.digest, in: log) else {
            return false
        }
        if size > cosigned { meetsLostLife = true }
        return true
    }

    /// Whether the log signed that text at the end of a close, as far as its leaves are held.
    private func isCheckpoint(_ size: UInt64, _ digest: Digest, in log: HeldLog) -> Bool {
        guard size > 0 else { return false }
        if let last = log.run.leaf(at: size - 1), last.type != .dayEnd { return false }
        guard let tree = log.run.tree(at: size) else { return true }
        let text = Checkpoint(origin: identity.deployment, size: size, root: tree.root).text
        return Digest(of: text) == digest
    }
}
