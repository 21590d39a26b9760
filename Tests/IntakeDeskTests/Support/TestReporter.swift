import IntakeOpening

@testable import SealedIntake

/// A reporter with keys at one organisation, honest or not.
final class TestReporter: Sendable {
    let keys: ThreadKeys
    let shardByte: UInt8

    convenience init(organisation: OrganisationID) {
        self.init(root: ReporterRoot(key: SecretBytes.random(32)), organisation: organisation)
    }

    init(root: borrowing ReporterRoot, organisation: OrganisationID) {
        shardByte = root.shardByte
        keys = ThreadKeys(root: root, organisation: organisation)
    }

    /// What the log and the stick carry of one message.
    struct Sent {
        let tag: Tag
        let envelope: [UInt8]
    }

    /// An honest message.
    func send(
        _ words: String,
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report,
        answers: String = "rol=leerling\nschool=vo\nthema=pesten\n",
        tree: Digest = Digest(of: []),
        attachments: [UInt8] = [],
        consent: TransferKeys? = nil,
        release: Release? = nil,
        to key: SealingPublicKey
    ) -> Sent {
        let frame = plaintext(
            words,
            slot: slot,
            kind: kind,
            answers: answers,
            tree: tree,
            attachments: attachments,
            consent: consent,
            release: release,
            to: key
        )
        return seal(frame, slot: slot, to: key)
    }

    /// The signed plaintext of an honest message.
    func plaintext(
        _ words: String,
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report,
        answers: String = "rol=leerling\nschool=vo\nthema=pesten\n",
        tree: Digest = Digest(of: []),
        attachments: [UInt8] = [],
        consent: TransferKeys? = nil,
        release: Release? = nil,
        to key: SealingPublicKey
    ) -> [UInt8] {
        let draft = MessageDraft(
            kind: kind,
            directorySerial: 1,
            treeDigest: tree,
            slot: slot,
            answers: kind.tells ? Answer.list(ascii(answers)) ?? [] : [],
            text: ascii(words),
            attachments: attachments,
            language: ascii("nl"),
            shardByte: shardByte,
            transferKeys: consent,
            release: release
        )
        return draft.frame(keys: keys, recipient: key)
    }

    /// Any plaintext, sealed as it should be and under the tag of a slot.
    func seal(_ plaintext: [UInt8], slot: UInt32 = 7, to key: SealingPublicKey) -> Sent {
        let envelope = Envelope.text(plaintext, to: key, second: .decoy)
        return Sent(
            tag: keys.tags.messageTag(of: envelope.digest, slot: slot),
            envelope: envelope.bytes
        )
    }

    /// A frame in which any field can be another than it should; an empty one is left out.
    func frame(
        kind: UInt8 = 1,
        to key: SealingPublicKey,
        changing changes: [FieldType: [UInt8]] = [:],
        signedBy other: borrowing SigningKeyPair
    ) -> [UInt8] {
        var writer = FrameWriter(magic: .reporter, kind: kind)
        let fields: [(FieldType, [UInt8])] = [
            (.organisation, keys.organisation.ascii),
            (.directorySerial, [0, 0, 0, 0, 0, 0, 0, 1]),
            (.treeDigest, Digest(of: []).bytes),
            (.threadKey, keys.thread.publicKey.bytes),
            (.replyKey, keys.reply.publicKey.bytes),
            (.sealedTagKey, key.seal(SecretBytes(copying: keys.tags.exposed))),
            (.number, [0, 0, 0, 7]),
            (.envelopeDigest, []),
            (.answers, []),
            (.text, ascii("hostile words")),
            (.attachments, []),
            (.language, ascii("nl")),
            (.transferKeys, []),
            (.release, []),
            (.shardByte, [shardByte]),
            (.otherOrganisation, []),
        ]
        for (type, value) in fields {
            writer.add(type, changes[type] ?? value)
        }
        writer.sign(with: other, as: .thread)
        return writer.finish(for: .text)
    }

    /// The same, signed by the reporter's own thread key.
    func frame(
        kind: UInt8 = 1,
        to key: SealingPublicKey,
        changing changes: [FieldType: [UInt8]] = [:]
    ) -> [UInt8] {
        frame(kind: kind, to: key, changing: changes, signedBy: keys.thread)
    }

    /// Opens a reply as the page does, or nil when it is not this reporter's.
    func open(_ envelope: [UInt8], number: UInt32, deskKeys: [SigningPublicKey]) -> Reply? {
        guard let sealed = try? Envelope(bytes: envelope, expecting: .reply),
            let plaintext = try? sealed.open(with: keys.reply)
        else { return nil }
        return try? Reply(
            plaintext: plaintext,
            organisation: keys.organisation,
            number: number,
            threadDigest: keys.threadDigest,
            deskKeys: deskKeys
        )
    }
}

/// ASCII or UTF-8 of a text.
func ascii(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
