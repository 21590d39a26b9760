import SealedIntake

/// Holds every signed checkpoint to the leaves, and every cosignature to its organisation.
struct CheckpointAudit {
    /// What the newest checkpoint signs.
    private(set) var newest: Checkpoint?
    /// How many checkpoints were held to the leaves.
    private(set) var checked = 0
    /// How many are of a size before the first leaf held.
    private(set) var before = 0
    /// The largest size each organisation cosigned, and the newest day on which it did.
    private(set) var cosigned: [OrganisationID: (size: UInt64, day: Day)] = [:]

    /// What proves to others that two checkpoints cannot both be true, where they cannot.
    private(set) var contradiction: Contradiction?

    private var newestNote: SignedNote?
    private let chain: AuditChain
    private let directories: AuditDirectories

    init(chain: AuditChain, directories: AuditDirectories) {
        self.chain = chain
        self.directories = directories
    }

    /// Verifies the lists, the newest first.
    /// - Throws: ``AuditError``.
    mutating func check(_ lists: [(name: String, list: CheckpointList)]) throws(AuditError) {
        for (name, list) in lists {
            do throws(CheckpointError) {
                try check(list, isNewest: newest == nil)
            } catch {
                contradiction = contradiction ?? .ofOneSize(among: Self.signed(lists, directories))
                throw .checkpoint(name, error)
            }
        }
        guard let newest else { throw .missing("log/checkpoint") }
        guard newest.size == chain.run.end else { throw .entry(newest.size, .unsigned) }
    }

    /// All that the log signed in the lists.
    private static func signed(
        _ lists: [(name: String, list: CheckpointList)],
        _ directories: AuditDirectories
    ) -> [VerifiedCheckpoint] {
        lists.flatMap { [$0.list.newest] + $0.list.cosigned.compactMap { $0 } }.compactMap { note in
            try? VerifiedCheckpoint(
                note: note,
                origin: directories.origin,
                logKeys: directories.logKeys
            ).keeping(directories.logKeys)
        }
    }

    private mutating func check(
        _ list: CheckpointList,
        isNewest: Bool
    ) throws(CheckpointError) {
        let signed = try holdToEntries(list.newest)
        if let newest, signed.size > newest.size {
            throw .rolledBack(newest.size, earlier: signed.size)
        }
        newest = newest ?? signed
        newestNote = newestNote ?? list.newest
        let fitting = directories.listing(list.cosigned.count)
        let candidates = isNewest ? [directories.newest] : fitting
        guard let first = candidates.first, first.organisations.count == list.cosigned.count else {
            throw .otherCount(list.cosigned.count)
        }
        // A list fetched earlier may follow an older directory of as many organisations.
        var refusal: CheckpointError?
        for directory in candidates {
            do throws(CheckpointError) {
                return try checkCosignatures(list, by: directory)
            } catch {
                refusal = refusal ?? error
            }
        }
        if let refusal { throw refusal }
    }

    private mutating func checkCosignatures(
        _ list: CheckpointList,
        by directory: Directory
    ) throws(CheckpointError) {
        for (organisation, note) in zip(directory.organisations, list.cosigned) {
            guard let note else { continue }
            let verified = try verified(note)
            let day: Day?
            do throws(NoteError) {
                day = try verified.cosigned(by: organisation.deskKeys)
            } catch {
                throw .badCosignature(organisation.id)
            }
            guard let day else { throw .noCosignature(organisation.id) }
            let size = try holdToEntries(note).size
            let known = cosigned[organisation.id]
            cosigned[organisation.id] = (max(size, known?.size ?? 0), max(day, known?.day ?? day))
        }
    }

    private func verified(_ note: SignedNote) throws(CheckpointError) -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: directories.origin,
                logKeys: directories.logKeys
            )
        } catch {
            throw .note(error)
        }
    }

    @discardableResult
    private mutating func holdToEntries(_ note: SignedNote) throws(CheckpointError) -> Checkpoint {
        let verified = try verified(note)
        let checkpoint = verified.checkpoint
        let size = checkpoint.size
        guard size <= chain.run.end else { throw .beyond(size, held: chain.run.end) }
        guard size >= chain.run.first else {
            before += 1
            return checkpoint
        }
        guard let tree = chain.tree(at: size) else { throw .insideClose(size) }
        guard tree.root == checkpoint.root else {
            contradiction = newestNote.flatMap {
                chain.run.contradiction(of: verified, under: $0)
            }
            throw .otherRoot(size)
        }
        checked += 1
        return checkpoint
    }
}
