import IntakeConsole

@testable import SealedIntake

/// A message that somebody has sealed, before it is posted.
struct Letter {
    let slot: UInt32
    let words: [UInt8]
    let submission: Submission

    /// Seals `words` as the page does.
    init(
        of person: Person,
        _ kind: ReporterMessage.Kind,
        _ words: String,
        to listed: Organisation,
        in world: World,
        slot: UInt32,
        at seconds: UInt64
    ) throws {
        let directory = try world.directory
        let keys = person.keys(listed.id)
        let escalation = directory.escalationKey(of: listed, on: world.today)
        guard let recipient = listed.sealingKey(on: world.today),
            let second = escalation.wrap(release: keys.tags.release(slot: slot))
        else { throw DirectoryError.expired(world.today) }
        let draft = MessageDraft(
            kind: kind,
            directorySerial: directory.serial,
            treeDigest: directory.treeDigest,
            slot: slot,
            answers: [],
            text: ascii(words),
            language: ascii("nl"),
            shardByte: person.root.shardByte
        )
        let frame = draft.frame(keys: keys, recipient: recipient)
        self.slot = slot
        self.words = ascii(words)
        let envelope = Envelope.text(frame, to: recipient, second: second)
        submission = Submission(
            organisation: listed.id,
            tag: keys.tags.messageTag(of: envelope.digest, slot: slot),
            stamp: world.stamp(at: seconds),
            envelope: envelope
        )
    }
}
