import IntakeOpening
import Testing

@testable import SealedIntake

/// A reporter, an organisation and what they need to write to each other.
final class Fixture {
    let organisation: OrganisationID
    let keys: ThreadKeys
    let ring: KeyRing
    let recipient: SealingPublicKey

    init() throws {
        organisation = try #require(OrganisationID(ascii: ascii("nl-vi")))
        let pair = SealingKeyPair.random()
        recipient = pair.publicKey
        ring = KeyRing().adding(pair)
        let root = ReporterRoot(key: SecretBytes.random(32))
        keys = ThreadKeys(root: root, organisation: organisation)
    }

    func draft(text: String, slot: UInt32 = 5) -> MessageDraft {
        MessageDraft(
            kind: .report,
            directorySerial: 7,
            treeDigest: Digest(of: []),
            slot: slot,
            answers: Answer.list(ascii("rol=leerling\nthema=pesten\n")) ?? [],
            text: [UInt8](text.utf8),
            language: ascii("nl"),
            shardByte: 9
        )
    }

    func sealed(_ draft: MessageDraft) -> [UInt8] {
        draft.frame(keys: keys, recipient: recipient)
    }

    /// Admits it under the tag of a slot, as the plaintext of one envelope.
    func admit(_ plaintext: [UInt8], slot: UInt32) throws -> AdmittedMessage {
        let envelope = Digest(of: plaintext)
        return try AdmittedMessage(
            plaintext: plaintext,
            envelope: envelope,
            tag: keys.tags.messageTag(of: envelope, slot: slot),
            organisation: organisation,
            ring: ring
        )
    }

    /// A signed message of the desk in which one field has another value, or none.
    func reply(
        replacing replaced: FieldType,
        with value: [UInt8],
        signedBy desk: borrowing SigningKeyPair
    ) -> [UInt8] {
        let good: [(FieldType, [UInt8])] = [
            (.organisation, organisation.ascii), (.number, [0, 0, 0, 0]),
            (.envelopeDigest, Digest(of: []).bytes), (.text, ascii("Dag.")), (.language, []),
            (.day, [0, 0, 0x50, 0]), (.threadDigest, keys.threadDigest.bytes),
        ]
        var writer = FrameWriter(magic: .organisation, kind: 2)
        for (type, usual) in good { writer.add(type, type == replaced ? value : usual) }
        writer.sign(with: desk, as: .desk)
        return writer.finish(for: .reply)
    }

    /// A signed frame in which one field has another value, or is not there when it is empty.
    func frame(replacing replaced: FieldType, with value: [UInt8]) -> [UInt8] {
        let good: [(FieldType, [UInt8])] = [
            (.organisation, organisation.ascii), (.directorySerial, [0, 0, 0, 0, 0, 0, 0, 7]),
            (.treeDigest, Digest(of: []).bytes), (.threadKey, keys.thread.publicKey.bytes),
            (.replyKey, keys.reply.publicKey.bytes),
            (.sealedTagKey, recipient.seal(keys.tags.key)), (.number, [0, 0, 0, 5]),
            (.answers, []), (.text, ascii("x")), (.attachments, []), (.language, ascii("nl")),
            (.day, []), (.shardByte, [9]),
        ]
        var writer = FrameWriter(magic: .reporter, kind: 1)
        for (type, usual) in good { writer.add(type, type == replaced ? value : usual) }
        writer.sign(with: keys.thread, as: .thread)
        return writer.finish(for: .text)
    }

    /// A signed frame of a kind with the fields that all kinds have, and others.
    func frame(
        kind: UInt8,
        to other: OrganisationID? = nil,
        with others: [(FieldType, [UInt8])]
    ) -> [UInt8] {
        let common: [(FieldType, [UInt8])] = [
            (.organisation, (other ?? organisation).ascii),
            (.directorySerial, [0, 0, 0, 0, 0, 0, 0, 7]),
            (.treeDigest, Digest(of: []).bytes), (.threadKey, keys.thread.publicKey.bytes),
            (.replyKey, keys.reply.publicKey.bytes),
            (.sealedTagKey, recipient.seal(keys.tags.key)), (.number, [0, 0, 0, 5]),
            (.language, ascii("nl")), (.shardByte, [9]),
        ]
        var writer = FrameWriter(magic: .reporter, kind: kind)
        for (type, value) in (common + others).sorted(by: { $0.0.rawValue < $1.0.rawValue }) {
            writer.add(type, value)
        }
        writer.sign(with: keys.thread, as: .thread)
        return writer.finish(for: .text)
    }
}

extension [UInt8] {
    /// These bytes so many times.
    func repeated(_ count: Int) -> [UInt8] {
        [UInt8](repeatElement(self, count: count).joined())
    }
}
