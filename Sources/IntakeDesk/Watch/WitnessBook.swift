import SealedIntake

/// How far other desks were seen to cosign this very log, and how far the log says they did.
///
/// Where the log says more than was seen, this desk does not cosign: its reporters would be told
/// that all see the same log, and that is not known.
/// ```text
/// (org16 ‖ u64 size of the newest witness ‖ u64 size of the newest type 7 leaf) x n
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 11.4.
struct WitnessBook: Equatable {
    private struct Line: Equatable {
        var seen: UInt64 = 0
        var logged: UInt64 = 0
    }

    private var lines: [OrganisationID: Line] = [:]

    /// Reads the setting of a vault.
    init(reading cells: VaultCells) throws {
        var reader = ByteReader(try cells.setting(.witnesses))
        while !reader.isAtEnd {
            guard let padded = try? reader.bytes(16), let id = OrganisationID(padded: padded),
                let seen = try? reader.u64(), let logged = try? reader.u64()
            else {
                throw VaultError.unreadableRecord(table: "setting", row: Setting.witnesses.rawValue)
            }
            lines[id] = Line(seen: seen, logged: logged)
        }
    }

    /// Notes what the log says of an organisation's acknowledgement.
    mutating func see(_ leaf: Leaf) {
        guard leaf.type == .acknowledgement, let id = leaf.organisation,
            let size = leaf.number
        else { return }
        lines[id, default: Line()].logged = max(lines[id]?.logged ?? 0, size)
    }

    /// Notes which organisations of a directory cosigned a checkpoint of this log.
    mutating func see(_ witness: VerifiedCheckpoint, directory: Directory) {
        // A line of a known key that does not hold is no cosignature of anybody.
        for organisation in directory.organisations
        where (try? witness.cosigned(by: organisation.deskKeys)) != nil {
            let seen = lines[organisation.id]?.seen ?? 0
            lines[organisation.id, default: Line()].seen = max(seen, witness.checkpoint.size)
        }
    }

    /// The newest size that an organisation was seen to cosign.
    func seen(of id: OrganisationID) -> UInt64 { lines[id]?.seen ?? 0 }

    /// The other organisations of a directory whose witness is missing or older than the log says,
    /// in the directory's order, with the size it must have.
    func missing(
        in directory: Directory,
        besides own: OrganisationID
    ) -> [(organisation: OrganisationID, size: UInt64)] {
        directory.organisations.compactMap { organisation in
            guard organisation.id != own, let line = lines[organisation.id],
                line.seen < line.logged
            else { return nil }
            return (organisation.id, line.logged)
        }
    }

    /// Writes the setting.
    func keep(in cells: VaultCells) throws {
        var writer = ByteWriter()
        for (id, line) in lines.sorted(by: { $0.key < $1.key }) {
            writer.append(id.padded)
            writer.u64(line.seen)
            writer.u64(line.logged)
        }
        try cells.set(.witnesses, to: writer.bytes)
    }
}
