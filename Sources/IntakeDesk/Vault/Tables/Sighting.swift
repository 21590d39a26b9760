import SealedIntake

/// Where something we sent out was seen in the log.
struct Sighting: Equatable, Sendable {
    let index: UInt64
    /// The day whose close logged it.
    let day: Day
}

extension Sighting {
    /// `u8 seen ‖ u64 leaf index ‖ u32 day`, zeros while nothing was seen: always 13 bytes.
    static func write(_ sighting: Sighting?, to writer: inout ByteWriter) {
        writer.u8(sighting == nil ? 0 : 1)
        writer.u64(sighting?.index ?? 0)
        writer.u32(sighting?.day.number ?? 0)
    }
}

extension Sighting? {
    /// Reads what ``Sighting/write(_:to:)`` wrote.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        let isSeen = try reader.u8() == 1
        let seen = Sighting(index: try reader.u64(), day: Day(number: try reader.u32()))
        self = isSeen ? seen : nil
    }
}
