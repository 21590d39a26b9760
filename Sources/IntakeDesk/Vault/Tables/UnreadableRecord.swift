import SealedIntake

/// An object of ours that could not be opened or admitted, kept in its `envelope` cell.
///
/// ```text
/// u64 leaf index ‖ u32 day ‖ u8 reason ‖ SHA-256 of the envelope[32]
/// ```
struct UnreadableRecord: VaultRecord {
    static let table = VaultTable.unreadable

    let index: UInt64
    /// The day whose close logged it.
    let day: Day
    let reason: UnreadableReason
    let envelope: Digest

    init(index: UInt64, day: Day, reason: UnreadableReason, envelope: Digest) {
        self.index = index
        self.day = day
        self.reason = reason
        self.envelope = envelope
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        index = try reader.u64()
        day = Day(number: try reader.u32())
        reason = UnreadableReason(rawValue: try reader.u8()) ?? .notUnderstood
        envelope = try Digest(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(index)
        writer.u32(day.number)
        writer.u8(reason.rawValue)
        writer.append(envelope.bytes)
    }
}
