/// The key from which the tags of one thread follow, 32 bytes; the reporter and the organisation
/// hold it.
/// - SeeAlso: `docs/spec/protocol.md`, section 4; vectors `keys.json`.
public struct TagKey: ~Copyable, Sendable {
    /// Replies of a thread are numbered 0 up to this.
    public static let replyCount: UInt32 = 64

    let key: SecretBytes

    /// Takes 32 bytes.
    public init(_ key: consuming SecretBytes) {
        precondition(key.count == 32)
        self.key = key
    }

    /// `in(e, i)`: the tag of the message in slot i whose envelope has this digest.
    ///
    /// It fits no other envelope, and nobody can know it before the envelope is sealed.
    public func messageTag(of envelope: Digest, slot: UInt32) -> Tag {
        let mask = mask(of: envelope)
        var writer = ByteWriter([UInt8](mask.prefix(Self.bindingCount)))
        writer.u32(slot ^ Self.number(in: mask))
        return Tag(writer.bytes)
    }

    /// The slot of the message with this tag and envelope, or nil where the tag is not of this
    /// thread or binds another envelope.
    public func slot(of tag: Tag, envelope: Digest) -> UInt32? {
        let mask = mask(of: envelope)
        let bound = tag.bytes.prefix(Self.bindingCount)
        guard bound == mask.prefix(Self.bindingCount) else { return nil }
        return Self.number(in: tag.bytes) ^ Self.number(in: mask)
    }

    /// `out(j)`: the tag of the j-th reply.
    public func replyTag(number: UInt32) -> Tag {
        Tag([UInt8](derived("out", number).prefix(Tag.count)))
    }

    /// `release(i)`: the 32 bytes that open the message in slot i to the escalation organisation.
    public func release(slot: UInt32) -> [UInt8] {
        derived("release", slot)
    }

    /// A copy in the open, for the vault.
    public var exposed: [UInt8] { key.exposed }

    /// What of a tag binds the envelope; the slot stands behind it, in bytes.
    private static let bindingCount = 12

    /// 16 bytes.
    private func mask(of envelope: Digest) -> [UInt8] {
        let message = ascii("in") + envelope.bytes
        return [UInt8](
            Sodium.hmac(key: key.pointer, count: key.count, message).prefix(Tag.count)
        )
    }

    /// The last four bytes of a tag or its mask.
    private static func number(in bytes: [UInt8]) -> UInt32 {
        bytes.dropFirst(bindingCount).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func derived(_ direction: StaticString, _ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(ascii(direction))
        writer.u32(number)
        return Sodium.hmac(key: key.pointer, count: key.count, writer.bytes)
    }
}
