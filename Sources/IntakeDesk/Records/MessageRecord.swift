import SealedIntake

/// An admitted message: where it stands in log and thread.
///
/// Its plaintext is the `frame` cell.
/// ```text
/// u64 thread row ‖ u64 leaf index ‖ u32 day ‖ u32 slot ‖ u8 kind ‖ SHA-256 of the envelope[32]
/// ```
struct MessageRecord: VaultRecord {
    static let table = VaultTable.message

    let threadRow: Int64
    let leafIndex: UInt64
    /// The day whose close logged it.
    let day: Day
    let slot: UInt32
    let kind: UInt8
    let envelope: Digest

    init(
        threadRow: Int64,
        leafIndex: UInt64,
        day: Day,
        slot: UInt32,
        kind: ReporterMessage.Kind,
        envelope: Digest
    ) {
        self.threadRow = threadRow
        self.leafIndex = leafIndex
        self.day = day
        self.slot = slot
        self.kind = kind.rawValue
        self.envelope = envelope
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        threadRow = Int64(clamping: try reader.u64())
        leafIndex = try reader.u64()
        day = Day(number: try reader.u32())
        slot = try reader.u32()
        kind = try reader.u8()
        envelope = try Digest(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(UInt64(threadRow))
        writer.u64(leafIndex)
        writer.u32(day.number)
        writer.u32(slot)
        writer.u8(kind)
        writer.append(envelope.bytes)
    }

    /// The order in which a person reads a thread: by day, the report first, then by slot, which
    /// rises within a visit.
    static func reads(_ one: MessageRecord, before other: MessageRecord) -> Bool {
        (one.day.number, one.kind, one.slot) < (other.day.number, other.kind, other.slot)
    }
}
