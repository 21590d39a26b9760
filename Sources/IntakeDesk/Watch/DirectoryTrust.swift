import SealedIntake

/// Which directory this desk believes.
struct DirectoryTrust: Sendable {
    /// The newest directory with enough of the pinned roots' signatures, or nil before the first.
    private(set) var trusted: VerifiedDirectory?

    private let identity: DeskIdentity

    /// Reads the note kept in the vault.
    init(reading cells: VaultCells, identity: DeskIdentity) throws {
        self.identity = identity
        let bytes = try cells.setting(.directory)
        guard !bytes.isEmpty else { return }
        trusted = try Self.verified(bytes, identity: identity)
    }

    /// The serial trusted, 0 before the first.
    var serial: UInt64 { trusted?.directory.serial ?? 0 }

    /// Takes a note that a person gave.
    /// - Throws: ``DirectoryError``; signatures, then form, then expiry, then serial, then whether
    ///   it lists this organisation.
    mutating func take(given bytes: [UInt8], today: Day) throws {
        let given = try Self.verified(bytes, identity: identity)
        try given.checkHolds(on: today)
        if let trusted {
            try given.checkSupersedes(
                serial: trusted.directory.serial,
                digest: trusted.digest
            )
        }
        guard given.directory.organisation(identity.organisation) != nil else {
            throw DirectoryError.notListed(identity.organisation)
        }
        trusted = given
    }

    /// Looks at a directory of the log; `note` is nil where it did not travel.
    ///
    /// Each must be one that the pinned roots signed, whatever its serial. One above the one
    /// trusted is trusted from now on.
    mutating func see(_ leaf: Leaf, note: [UInt8]?) -> DirectoryFinding {
        let logged = leaf.number ?? 0
        if let trusted, trusted.digest == leaf.digest {
            return logged == serial ? .good : .wrong(.directoryRefused)
        }
        guard let note else { return .wrong(.directoryMissing) }
        // The leaf's digest covers the text: whatever is wrong with that, the log signed it.
        guard let text = (try? SignedNote(bytes: note))?.text,
            let claimed = try? Directory(text: text), claimed.serial == logged,
            claimed.deployment == identity.deployment
        else { return .wrong(.directoryRefused) }
        guard let verified = try? Self.verified(note, identity: identity) else {
            return .wrong(.directoryUnproven)
        }
        if let trusted, logged == trusted.directory.serial { return .wrong(.directoryContradicts) }
        if logged > serial { trusted = verified }
        return .good
    }

    /// What is wrong with the directory trusted, seen from this desk.
    func alarms(today: Day) -> [Alarm] {
        guard let directory = trusted?.directory else { return [] }
        var alarms: [Alarm] = []
        if today > directory.expires { alarms.append(.directoryExpired(directory.expires)) }
        guard let own = directory.organisation(identity.organisation) else {
            return alarms + [.organisationNotListed]
        }
        if !own.deskKeys.contains(identity.deskKey) { alarms.append(.deskKeyNotListed) }
        let held = identity.ring.publicKeys
        if !own.epochs.allSatisfy({ held.contains($0.key) }) { alarms.append(.sealingKeyNotHeld) }
        return alarms
    }

    private static func verified(
        _ bytes: [UInt8],
        identity: DeskIdentity
    ) throws -> VerifiedDirectory {
        let note: SignedNote
        do throws(NoteError) {
            note = try SignedNote(bytes: bytes)
        } catch {
            throw DirectoryError.note(error)
        }
        return try VerifiedDirectory(
            note: note,
            roots: identity.roots,
            deployment: identity.deployment
        )
    }
}
