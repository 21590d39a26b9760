import SealedIntake

/// A piece of an attachment that a message names; once it came, its sealed bytes are the
/// `envelope` cell.
///
/// ```text
/// SHA-256 of the envelope[32] ‖ u8 held
/// ```
struct PieceRecord: VaultRecord {
    static let table = VaultTable.piece

    let envelope: Digest
    /// Whether a bundle brought it.
    var isHeld = false

    init(envelope: Digest) {
        self.envelope = envelope
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        envelope = try Digest(from: &reader)
        isHeld = try reader.u8() == 1
    }

    func write(to writer: inout ByteWriter) {
        writer.append(envelope.bytes)
        writer.u8(isHeld ? 1 : 0)
    }
}
