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

    func admit(_ plaintext: [UInt8], slot: UInt32) throws -> AdmittedMessage {
        try AdmittedMessage(
            plaintext: plaintext,
            tag: keys.tags.messageTag(slot: slot),
            organisation: organisation,
            ring: ring
        )
    }

    /// A signed frame in which one field has another value, or is not there when it is empty.
    func frame(replacing replaced: FieldType, with value: [UInt8]) -> [UInt8] {
        let good: [(FieldType, [UInt8])] = [
            (.organisation, organisation.ascii), (.directorySerial, [0, 0, 0, 0, 0, 0, 0, 7]),
            (.treeDigest, Digest(of: []).bytes), (.threadKey, keys.thread.publicKey.bytes),
            (.replyKey, keys.reply.publicKey.bytes),
            (.sealedTagKey, recipient.seal(keys.tags.exposed)), (.number, [0, 0, 0, 5]),
            (.answers, []), (.text, ascii("x")), (.attachments, []), (.language, ascii("nl")),
            (.day, []), (.shardByte, [9]),
        ]
        var writer = FrameWriter(magic: .reporter, kind: 1)
        for (type, usual) in good { writer.add(type, type == replaced ? value : usual) }
        writer.sign(with: keys.thread, as: .thread)
        return writer.finish(for: .text)
    }
}
