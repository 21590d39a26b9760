import SealedIntake

/// An alarm that lasts: a leaf that an honest server would not have logged.
///
/// ```text
/// u8 kind ‖ u64 leaf index ‖ u64 found ‖ u64 before ‖ u32 day noted
/// ```
struct AlarmRecord: VaultRecord {
    /// What the leaf showed; the raw value stands in vaults.
    enum Kind: UInt8, Sendable {
        case directoryMissing = 1
        case directoryRefused = 2
        case directoryContradicts = 3
        case directoryFell = 4
        case acknowledgementFell = 5
        case sentWithheld = 6
        case replySwapped = 7
        case withdrawalNotAsked = 8
        case directoryUnproven = 9
        case acknowledgementNotGiven = 10
        case dayFell = 11
        /// It came whole since: no alarm any more.
        case directorySettled = 12
    }

    static let table = VaultTable.alarm

    let kind: Kind
    let index: UInt64
    /// The serial, size or day in the leaf, or how much of what was sent is not in the log, or the
    /// number of a reply.
    let found: UInt64
    /// The one before it, where that matters.
    let before: UInt64
    let noted: Day

    init(kind: Kind, index: UInt64, found: UInt64, before: UInt64, noted: Day) {
        self.kind = kind
        self.index = index
        self.found = found
        self.before = before
        self.noted = noted
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        guard let kind = Kind(rawValue: try reader.u8()) else { throw .cut }
        self.kind = kind
        index = try reader.u64()
        found = try reader.u64()
        before = try reader.u64()
        noted = Day(number: try reader.u32())
    }

    func write(to writer: inout ByteWriter) {
        writer.u8(kind.rawValue)
        writer.u64(index)
        writer.u64(found)
        writer.u64(before)
        writer.u32(noted.number)
    }
}
