import SealedIntake

/// A reply that nobody can open: it hides how many real ones a stick carries.
///
/// It is a real envelope, sealed to a key that was never kept, under a tag of nobody.
struct ReplyFiller {
    let record: ReplyRecord
    let frame: [UInt8]
    let envelope: Envelope

    /// Makes one.
    static func random() -> ReplyFiller {
        let frame = VaultKey.randomBytes(EnvelopeClass.reply.plaintextSize)
        let recipient = SealingKeyPair.random().publicKey
        let envelope = Envelope.reply(frame, to: recipient)
        let record = ReplyRecord(
            threadRow: 0,
            messagesAnswered: 0,
            number: 0,
            kind: 0,
            day: Day(number: 0),
            tag: Tag.random(),
            shardByte: VaultKey.randomBytes(1)[0],
            envelope: envelope.digest
        )
        return ReplyFiller(record: record, frame: frame, envelope: envelope)
    }
}
