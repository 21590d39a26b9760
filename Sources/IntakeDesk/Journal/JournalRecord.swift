import SealedIntake

/// An entry of the journal with what chains it to the one before.
///
/// ```text
/// SHA-256 of the record before[32] ‖ u8 kind ‖ u32 day ‖ u64 number x 3 ‖ SHA-256[32]
/// ```
/// The first has the SHA-256 of nothing in front.
struct JournalRecord: VaultRecord {
    static let table = VaultTable.journal

    /// What stands in front of the first entry.
    static let beginning = Digest(of: [])

    /// SHA-256 of the record before.
    let previous: Digest
    let entry: JournalEntry

    /// By what the next entry is chained to this one.
    var digest: Digest { Digest(of: bytes) }

    init(_ entry: JournalEntry, after previous: Digest) {
        self.previous = previous
        self.entry = entry
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        previous = try Digest(from: &reader)
        guard let kind = JournalEntry.Kind(rawValue: try reader.u8()) else { throw .cut }
        let day = Day(number: try reader.u32())
        let numbers = [try reader.u64(), try reader.u64(), try reader.u64()]
        let digest = try Digest(from: &reader)
        entry = JournalEntry(kind, day, numbers: numbers, digest: digest)
    }

    func write(to writer: inout ByteWriter) {
        writer.append(previous.bytes)
        writer.u8(entry.kind.rawValue)
        writer.u32(entry.day.number)
        for number in entry.numbers { writer.u64(number) }
        writer.append(entry.digest.bytes)
    }
}
