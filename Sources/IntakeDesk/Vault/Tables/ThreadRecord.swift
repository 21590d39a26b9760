import IntakeOpening
import SealedIntake

/// What one token means at this organisation, as its first message said; never changed after.
///
/// ```text
/// thread public key[32] ‖ reply public key[32] ‖ tag key[32] ‖ shard byte[1]
/// ```
struct ThreadRecord: VaultRecord {
    static let table = VaultTable.thread

    /// The key that signs the reporter's messages and names the thread.
    let threadKey: SigningPublicKey
    /// Replies are sealed to it.
    let replyKey: SealingPublicKey
    /// The opened tag key, 32 bytes.
    let tagKey: [UInt8]
    /// Which part of the drop is the reporter's.
    let shardByte: UInt8

    /// What names the thread to the reporter: SHA-256 of the thread public key.
    var digest: Digest { Digest(of: threadKey.bytes) }

    /// The key from which the tags of replies follow.
    var tags: TagKey { TagKey(SecretBytes(copying: tagKey)) }

    /// The thread that an admitted message founds.
    init(foundedBy admitted: borrowing AdmittedMessage) {
        threadKey = admitted.message.threadKey
        replyKey = admitted.message.replyKey
        tagKey = admitted.tags.exposed
        shardByte = admitted.message.shardByte
    }

    /// The thread that a message transferred founds: with the keys its consent names.
    init(foundedBy opened: borrowing OpenedTransfer) {
        threadKey = opened.threadKey
        replyKey = opened.replyKey
        tagKey = opened.tags.exposed
        shardByte = opened.transferred.consent.shardByte
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        threadKey = try SigningPublicKey(from: &reader)
        replyKey = try SealingPublicKey(from: &reader)
        tagKey = try reader.bytes(32)
        shardByte = try reader.u8()
    }

    func write(to writer: inout ByteWriter) {
        writer.append(threadKey.bytes)
        writer.append(replyKey.bytes)
        writer.append(tagKey)
        writer.u8(shardByte)
    }

    /// Whether a later message of the same thread key carries the same keys.
    func isSame(as other: ThreadRecord) -> Bool {
        threadKey == other.threadKey && replyKey == other.replyKey && tagKey == other.tagKey
            && shardByte == other.shardByte
    }
}
