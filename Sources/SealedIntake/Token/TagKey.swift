/// The key from which the tags of one thread follow, 32 bytes; the reporter and the organisation
/// hold it.
/// - SeeAlso: `docs/spec/protocol.md`, section 4; vectors `keys.json`.
public struct TagKey: ~Copyable, Sendable {
    /// Message slots of a thread are 0 up to this.
    public static let slotCount: UInt32 = 4096

    /// Replies of a thread are numbered 0 up to this.
    public static let replyCount: UInt32 = 64

    let key: SecretBytes

    /// Takes 32 bytes.
    public init(_ key: consuming SecretBytes) {
        precondition(key.count == 32)
        self.key = key
    }

    /// `in(i)`: the tag of the message in slot i.
    public func messageTag(slot: UInt32) -> Tag {
        Tag([UInt8](derived("in", slot).prefix(Tag.count)))
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

    private func derived(_ direction: StaticString, _ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(ascii(direction))
        writer.u32(number)
        return Sodium.hmac(key: key.pointer, count: key.count, writer.bytes)
    }
}
