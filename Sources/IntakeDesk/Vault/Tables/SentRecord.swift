import SealedIntake

/// A bundle that went out; its rows, as they travelled, are the `rows` cell.
///
/// ```text
/// u64 size it acknowledges ‖ u32 day ‖ u8 settled ‖ u8 answered
/// ```
struct SentRecord: VaultRecord {
    static let table = VaultTable.sent

    /// The size cosigned then, 0 when this desk never did.
    let size: UInt64
    let day: Day
    /// Whether its acknowledgement was held against the log.
    var isSettled = false
    /// Whether the log has all of its rows.
    var isAnswered = false

    init(size: UInt64, day: Day) {
        self.size = size
        self.day = day
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        size = try reader.u64()
        day = Day(number: try reader.u32())
        isSettled = try reader.u8() == 1
        isAnswered = try reader.u8() == 1
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(size)
        writer.u32(day.number)
        writer.u8(isSettled ? 1 : 0)
        writer.u8(isAnswered ? 1 : 0)
    }
}
