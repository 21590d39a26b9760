import SealedIntake

/// An envelope that another organisation did not pick up, held for it unopened; its sealed bytes
/// are the `envelope` cell.
///
/// ```text
/// u64 leaf index ‖ u32 day ‖ tag[16] ‖ SHA-256 of the envelope[32] ‖
/// org16 of the origin (zeros: not known) ‖ u64 leaf index ‖ u32 day ‖ u8 state
/// ```
struct OverdueRecord: VaultRecord {
    /// The type 1 leaf of the same tag and digest.
    struct Origin: Equatable, Sendable {
        let organisation: OrganisationID
        let index: UInt64
        let day: Day
    }

    /// What became of it; the raw value stands in vaults.
    enum State: UInt8, Sendable {
        /// Nobody opened it yet, as far as the log shows.
        case waiting = 0
        /// The organisation it was written to acknowledged it after all.
        case pickedUp = 1
        /// Its reporter opened it to this desk.
        case opened = 2
    }

    static let table = VaultTable.overdue

    let index: UInt64
    /// The day whose close logged it as overdue.
    let day: Day
    let tag: Tag
    let envelope: Digest
    var origin: Origin?
    var state = State.waiting

    init(_ object: OwnObject, origin: Origin?) {
        index = object.index
        day = object.day
        tag = object.leaf.tag
        envelope = object.leaf.digest
        self.origin = origin
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        index = try reader.u64()
        day = Day(number: try reader.u32())
        tag = try Tag(from: &reader)
        envelope = try Digest(from: &reader)
        let organisation = OrganisationID(padded: try reader.bytes(16))
        let index = try reader.u64()
        let written = Day(number: try reader.u32())
        origin = organisation.map { Origin(organisation: $0, index: index, day: written) }
        guard let state = State(rawValue: try reader.u8()) else { throw .cut }
        self.state = state
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(index)
        writer.u32(day.number)
        writer.append(tag.bytes)
        writer.append(envelope.bytes)
        writer.append(origin?.organisation.padded ?? [UInt8](repeating: 0, count: 16))
        writer.u64(origin?.index ?? 0)
        writer.u32(origin?.day.number ?? 0)
        writer.u8(state.rawValue)
    }
}
