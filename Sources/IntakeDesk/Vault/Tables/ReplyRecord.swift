import SealedIntake

/// A reply we wrote, or a filler that looks like one; frame and envelope stand in their cells.
///
/// ```text
/// u64 thread row (0: filler) ‖ u64 messages of the thread when written ‖ u32 number ‖ u8 kind ‖
/// u32 day ‖ tag[16] ‖ u8 shard byte ‖ SHA-256 of the envelope[32] ‖
/// u8 seen ‖ u64 leaf index ‖ u32 day of the leaf ‖
/// u8 withdrawal asked ‖ u8 withdrawal seen ‖ u64 leaf index ‖ u32 day of the leaf
/// ```
struct ReplyRecord: VaultRecord {
    static let table = VaultTable.reply

    let threadRow: Int64
    /// How many messages the thread had when this was written: later ones are not answered by it.
    let messagesAnswered: UInt64
    let number: UInt32
    let kind: UInt8
    let day: Day
    let tag: Tag
    let shardByte: UInt8
    let envelope: Digest
    /// Where the log has it; nil while it waits.
    var sighting: Sighting?
    /// Whether it is to be withdrawn.
    var isWithdrawn = false
    /// Where the log has that it was withdrawn.
    var withdrawal: Sighting?

    /// Whether it was withdrawn, or is to be.
    var isTakenBack: Bool { isWithdrawn || withdrawal != nil }

    /// Whether nobody can open it.
    var isFiller: Bool { threadRow == 0 }

    init(
        threadRow: Int64,
        messagesAnswered: UInt64,
        number: UInt32,
        kind: UInt8,
        day: Day,
        tag: Tag,
        shardByte: UInt8,
        envelope: Digest
    ) {
        self.threadRow = threadRow
        self.messagesAnswered = messagesAnswered
        self.number = number
        self.kind = kind
        self.day = day
        self.tag = tag
        self.shardByte = shardByte
        self.envelope = envelope
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        threadRow = Int64(clamping: try reader.u64())
        messagesAnswered = try reader.u64()
        number = try reader.u32()
        kind = try reader.u8()
        day = Day(number: try reader.u32())
        tag = try Tag(from: &reader)
        shardByte = try reader.u8()
        envelope = try Digest(from: &reader)
        sighting = try Sighting?(from: &reader)
        isWithdrawn = try reader.u8() == 1
        withdrawal = try Sighting?(from: &reader)
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(UInt64(threadRow))
        writer.u64(messagesAnswered)
        writer.u32(number)
        writer.u8(kind)
        writer.u32(day.number)
        writer.append(tag.bytes)
        writer.u8(shardByte)
        writer.append(envelope.bytes)
        Sighting.write(sighting, to: &writer)
        writer.u8(isWithdrawn ? 1 : 0)
        Sighting.write(withdrawal, to: &writer)
    }
}
