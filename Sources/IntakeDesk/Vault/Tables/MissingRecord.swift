import SealedIntake

/// An object of ours that the log names and no bundle brought: what keeps us from cosigning.
///
/// ```text
/// u64 leaf index ‖ u32 day ‖ SHA-256 of the object[32] ‖ u8 filled since ‖ u8 loss accepted
/// ```
struct MissingRecord: VaultRecord {
    static let table = VaultTable.missing

    let index: UInt64
    /// The day whose close logged it.
    let day: Day
    let object: Digest
    /// Whether a later bundle brought it.
    var isFilled = false
    /// Whether a person accepted that it is lost.
    var isAccepted = false

    /// Whether it keeps us from cosigning.
    var isOpen: Bool { !isFilled && !isAccepted }

    init(index: UInt64, day: Day, object: Digest) {
        self.index = index
        self.day = day
        self.object = object
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        index = try reader.u64()
        day = Day(number: try reader.u32())
        object = try Digest(from: &reader)
        isFilled = try reader.u8() == 1
        isAccepted = try reader.u8() == 1
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(index)
        writer.u32(day.number)
        writer.append(object.bytes)
        writer.u8(isFilled ? 1 : 0)
        writer.u8(isAccepted ? 1 : 0)
    }
}
