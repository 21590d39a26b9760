/// An attachment as the report names it: its kind, its size and where its pieces are.
///
/// ```text
/// u8 media ‖ u32 size ‖ u16 n ‖ n x (SHA-256 of the piece's envelope[32] ‖ its file key[32])
/// ```
public struct Attachment: Hashable, Sendable {
    /// What the data is.
    public enum Media: UInt8, Sendable {
        case jpeg = 1
        case wav = 2
        case mp4 = 3
    }

    /// A piece: an envelope of its own and the key that opens it.
    public struct Piece: Hashable, Sendable {
        /// SHA-256 of the piece's envelope.
        public let digest: Digest
        /// The file key, 32 bytes.
        public let fileKey: [UInt8]
    }

    /// The most attachments of a report.
    public static let most = 5
    /// The most pieces of all attachments of a report together.
    public static let mostPieces = 16

    /// What the data is.
    public let media: Media
    /// The size of the data in bytes, more than zero.
    public let size: UInt32
    /// Its pieces in order.
    public let pieces: [Piece]

    /// Reads field 11, or nil when it breaks a rule.
    public static func list(_ value: [UInt8]) -> [Attachment]? {
        var reader = ByteReader(value)
        var list: [Attachment] = []
        while !reader.isAtEnd {
            guard let next = try? Attachment(from: &reader), list.count < most else { return nil }
            list.append(next)
        }
        let pieceCount = list.reduce(0) { $0 + $1.pieces.count }
        return pieceCount <= mostPieces ? list : nil
    }

    /// Reads one attachment, or nil when its numbers do not agree.
    private init?(from reader: inout ByteReader) throws(ByteReaderError) {
        let media = Media(rawValue: try reader.u8())
        let size = try reader.u32()
        let count = try reader.u16()
        let capacity = UInt32(EnvelopeClass.piece.plaintextSize)
        guard let media, size > 0, UInt32(count) == (size - 1) / capacity + 1 else { return nil }
        self.media = media
        self.size = size
        var pieces: [Piece] = []
        for _ in 0..<count {
            let digest = try Digest(from: &reader)
            pieces.append(Piece(digest: digest, fileKey: try reader.bytes(32)))
        }
        self.pieces = pieces
    }
}
