import SealedIntake

/// A message we transferred to another organisation, or a filler that looks like one; its sealed
/// bytes are the `envelope` cell.
///
/// ```text
/// u64 thread row (0: filler) ‖ org16 ‖ SHA-256 of the reporter's frame[32] ‖ u32 day ‖ tag[16] ‖
/// SHA-256 of the envelope[32] ‖ u8 seen ‖ u64 leaf index ‖ u32 day of the leaf
/// ```
struct TransferRecord: VaultRecord {
    static let table = VaultTable.transfer

    let threadRow: Int64
    /// To whom.
    let organisation: OrganisationID
    /// What was transferred; zeros in a filler.
    let content: Digest
    /// The day it was sealed.
    let day: Day
    let tag: Tag
    let envelope: Digest
    /// Where the log has it; nil while it waits.
    var sighting: Sighting?

    /// Whether there is nothing in it.
    var isFiller: Bool { threadRow == 0 }

    /// What a thread's message, or nothing, was sealed to.
    init(
        of threadRow: Int64,
        to organisation: OrganisationID,
        content: Digest,
        day: Day,
        envelope: Envelope
    ) {
        self.threadRow = threadRow
        self.organisation = organisation
        self.content = content
        self.day = day
        tag = Tag.random()
        self.envelope = envelope.digest
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        threadRow = Int64(clamping: try reader.u64())
        guard let organisation = OrganisationID(padded: try reader.bytes(16)) else { throw .cut }
        self.organisation = organisation
        content = try Digest(from: &reader)
        day = Day(number: try reader.u32())
        tag = try Tag(from: &reader)
        envelope = try Digest(from: &reader)
        sighting = try Sighting?(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(UInt64(threadRow))
        writer.append(organisation.padded)
        writer.append(content.bytes)
        writer.u32(day.number)
        writer.append(tag.bytes)
        writer.append(envelope.bytes)
        Sighting.write(sighting, to: &writer)
    }
}
