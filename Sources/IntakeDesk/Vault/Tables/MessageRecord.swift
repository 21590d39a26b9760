import SealedIntake

/// An admitted message: where it stands in log and thread, and by which way it came.
///
/// Its plaintext is the `frame` cell.
/// ```text
/// u64 thread row ‖ u64 leaf index ‖ u32 day ‖ u32 slot ‖ u8 kind ‖ SHA-256 of the envelope[32] ‖
/// SHA-256 of the reporter's frame[32] ‖ u8 way ‖ org16 ‖ u32 day written ‖ u8 refused
/// ```
struct MessageRecord: VaultRecord {
    static let table = VaultTable.message

    let threadRow: Int64
    let index: UInt64
    /// The day whose close made it readable here.
    let day: Day
    let slot: UInt32
    let kind: UInt8
    let envelope: Digest
    /// SHA-256 of the frame as the reporter signed it: the same message, however it came.
    let content: Digest
    let source: MessageSource
    /// The day whose close logged it for the organisation it was written to, as far as known.
    let writtenDay: Day
    /// Why a release that was filed turned out to be unreadable, or nil.
    var refused: UnreadableReason?

    /// The kind, as the reporter signed it.
    var messageKind: ReporterMessage.Kind? { ReporterMessage.Kind(rawValue: kind) }

    /// A message that the leaf of an object brought.
    init(
        _ message: ReporterMessage,
        in threadRow: Int64,
        of object: OwnObject,
        content: Digest,
        source: MessageSource,
        writtenDay: Day
    ) {
        self.threadRow = threadRow
        index = object.index
        day = object.day
        slot = message.slot
        kind = message.kind.rawValue
        envelope = object.leaf.digest
        self.content = content
        self.source = source
        self.writtenDay = writtenDay
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        threadRow = Int64(clamping: try reader.u64())
        index = try reader.u64()
        day = Day(number: try reader.u32())
        slot = try reader.u32()
        kind = try reader.u8()
        envelope = try Digest(from: &reader)
        content = try Digest(from: &reader)
        source = try MessageSource(from: &reader)
        writtenDay = Day(number: try reader.u32())
        refused = UnreadableReason(rawValue: try reader.u8())
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(UInt64(threadRow))
        writer.u64(index)
        writer.u32(day.number)
        writer.u32(slot)
        writer.u8(kind)
        writer.append(envelope.bytes)
        writer.append(content.bytes)
        source.write(to: &writer)
        writer.u32(writtenDay.number)
        writer.u8(refused?.rawValue ?? 0)
    }

    /// The order in which a person reads a thread: by day, the report first, then by slot, which
    /// rises within a visit; what a release opened stands behind it.
    static func reads(_ one: MessageRecord, before other: MessageRecord) -> Bool {
        one.order.lexicographicallyPrecedes(other.order)
    }

    private var order: [UInt32] {
        let isReleased = if case .released = source { UInt32(1) } else { UInt32(0) }
        return [day.number, isReleased, UInt32(kind), slot]
    }
}
