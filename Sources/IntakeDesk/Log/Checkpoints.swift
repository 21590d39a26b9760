import SealedIntake

/// The newest checkpoint taken and the newest one cosigned.
///
/// Both notes were verified when they came; here only their texts are read.
struct Checkpoints {
    /// The newest taken, or nil before the first import.
    let newest: SignedNote?
    /// The newest cosigned, with our line, or nil.
    let cosigned: SignedNote?

    init(newest: SignedNote?, cosigned: SignedNote?) {
        self.newest = newest
        self.cosigned = cosigned
    }

    /// Reads the settings of a vault.
    init(reading cells: VaultCells) throws {
        newest = try Self.note(.checkpoint, in: cells)
        cosigned = try Self.note(.cosigned, in: cells)
    }

    /// The size cosigned, 0 when none ever was.
    var cosignedSize: UInt64 { Self.size(of: cosigned) }

    /// With one more checkpoint, if it is newer.
    func taking(_ note: SignedNote) -> Checkpoints {
        let isNewer = newest == nil || Self.size(of: note) > Self.size(of: newest)
        return isNewer ? Checkpoints(newest: note, cosigned: cosigned) : self
    }

    /// Writes the newest.
    func keep(in cells: VaultCells) throws {
        try cells.set(.checkpoint, to: newest?.bytes ?? [])
    }

    /// With the newest checkpoint cosigned and kept, unless that was done.
    func cosigning(
        _ identity: DeskIdentity,
        in cells: VaultCells,
        today: Day
    ) throws -> Checkpoints {
        guard let newest, Self.size(of: newest) > cosignedSize else { return self }
        let cosigned = try identity.signer(from: cells).cosigning(newest, day: today)
        try cells.set(.cosigned, to: cosigned.bytes)
        return Checkpoints(newest: newest, cosigned: cosigned)
    }

    /// The note of a setting, or nil where nothing was set.
    private static func note(
        _ setting: Setting,
        in cells: VaultCells
    ) throws -> SignedNote? {
        let bytes = try cells.setting(setting)
        guard !bytes.isEmpty else { return nil }
        guard let note = try? SignedNote(bytes: bytes) else {
            throw VaultError.unreadableRecord(table: "setting", row: setting.rawValue)
        }
        return note
    }

    private static func size(of note: SignedNote?) -> UInt64 {
        note.flatMap { try? Checkpoint(text: $0.text) }?.size ?? 0
    }
}
