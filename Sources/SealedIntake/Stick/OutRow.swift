/// One thing a desk sends out.
///
/// ```text
/// u8 kind ‖ u8 shard ‖ org16[16] ‖ tag[16] ‖ SHA-256[32] ‖ u32 size    70 bytes
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
public struct OutRow: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 70

    /// What is sent.
    public enum Kind: UInt8, Sendable {
        /// A reply for the drop.
        case reply = 2
        /// An envelope for another organisation.
        case transferred = 5
        /// A piece that the desk asks for.
        case pieceWanted = 6
        /// A reply to withdraw.
        case withdrawal = 8
    }

    /// What is sent.
    public let kind: Kind
    /// The thread's shard byte by the bundle's number of shards: all that anybody needs to know of
    /// it, and no more; 0 for what is no reply.
    public let shard: UInt8
    /// The desk's own organisation, or the receiving one of a transfer.
    public let organisation: OrganisationID
    /// The tag; zero for a piece.
    public let tag: Tag
    /// The digest of the object, or of the piece or reply it is about.
    public let digest: Digest

    /// A reply of `organisation` for a shard of the bundle's shards.
    public static func reply(
        _ organisation: OrganisationID,
        shard: UInt8,
        tag: Tag,
        digest: Digest
    ) -> OutRow {
        OutRow(
            kind: .reply,
            shard: shard,
            organisation: organisation,
            tag: tag,
            digest: digest
        )
    }

    /// An envelope for another organisation, under a random tag.
    public static func transferred(
        to organisation: OrganisationID,
        tag: Tag,
        digest: Digest
    ) -> OutRow {
        OutRow(
            kind: .transferred,
            shard: 0,
            organisation: organisation,
            tag: tag,
            digest: digest
        )
    }

    /// A piece that the desk of `organisation` asks for, by the digest of its envelope.
    public static func pieceWanted(by organisation: OrganisationID, digest: Digest) -> OutRow {
        OutRow(
            kind: .pieceWanted,
            shard: 0,
            organisation: organisation,
            tag: Tag(number: 0),
            digest: digest
        )
    }

    /// A reply of `organisation` to take out of the drop.
    public static func withdrawal(
        _ organisation: OrganisationID,
        tag: Tag,
        digest: Digest
    ) -> OutRow {
        OutRow(
            kind: .withdrawal,
            shard: 0,
            organisation: organisation,
            tag: tag,
            digest: digest
        )
    }

    private init(
        kind: Kind,
        shard: UInt8,
        organisation: OrganisationID,
        tag: Tag,
        digest: Digest
    ) {
        self.kind = kind
        self.shard = shard
        self.organisation = organisation
        self.tag = tag
        self.digest = digest
    }

    /// Reads a row of a desk with so many shards, or nil when it breaks a rule.
    init?(
        from reader: inout ByteReader,
        desk: OrganisationID,
        shards: UInt32
    ) throws(ByteReaderError) {
        let kind = Kind(rawValue: try reader.u8())
        let shard = try reader.u8()
        let organisation = OrganisationID(padded: try reader.bytes(16))
        let tag = try Tag(from: &reader)
        let digest = try Digest(from: &reader)
        let size = try reader.u32()
        guard let kind, let organisation else { return nil }
        self.init(
            kind: kind,
            shard: shard,
            organisation: organisation,
            tag: tag,
            digest: digest
        )
        guard size == UInt32(objectSize), (kind == .transferred) == (organisation != desk),
            kind == .reply || shard == 0, UInt32(shard) < shards,
            kind != .pieceWanted || tag.bytes.allSatisfy({ $0 == 0 })
        else { return nil }
    }

    /// The size of the object that travels, in bytes.
    public var objectSize: Int {
        switch kind {
        case .reply: EnvelopeClass.reply.size
        case .transferred: EnvelopeClass.text.size
        case .pieceWanted, .withdrawal: 0
        }
    }

    /// The 70 bytes.
    var bytes: [UInt8] {
        var writer = ByteWriter([kind.rawValue, shard])
        writer.append(organisation.padded)
        writer.append(tag.bytes)
        writer.append(digest.bytes)
        writer.u32(UInt32(objectSize))
        return writer.bytes
    }

    /// What rows are sorted by: kind, org16, tag, and where those are alike the digest.
    var order: [UInt8] {
        [kind.rawValue] + organisation.padded + tag.bytes + digest.bytes
    }
}
