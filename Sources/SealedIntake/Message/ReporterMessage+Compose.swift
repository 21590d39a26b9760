/// What a reporter's page needs to write one message, besides the text.
public struct MessageDraft: Sendable {
    /// What it is.
    public let kind: ReporterMessage.Kind
    /// The serial of the directory in use.
    public let directorySerial: UInt64
    /// SHA-256 of the decision tree shown.
    public let treeDigest: Digest
    /// The slot, 32 random bits drawn for this message.
    public let slot: UInt32
    /// The answers that go along.
    public let answers: [Answer]
    /// The text, UTF-8 with LF as its only control character, 1 to 10,000 bytes; of a consent or
    /// release at most 1,000, or none.
    public let text: [UInt8]
    /// Field 11, empty without attachments.
    public let attachments: [UInt8]
    /// The language of the page.
    public let language: [UInt8]
    /// The shard byte of the reporter's root.
    public let shardByte: UInt8
    /// The keys for the other organisation; of a consent.
    public let transferKeys: TransferKeys?
    /// What is opened; of a release.
    public let release: Release?

    /// Takes the parts; the caller has checked the text.
    public init(
        kind: ReporterMessage.Kind,
        directorySerial: UInt64,
        treeDigest: Digest,
        slot: UInt32,
        answers: [Answer],
        text: [UInt8],
        attachments: [UInt8] = [],
        language: [UInt8],
        shardByte: UInt8,
        transferKeys: TransferKeys? = nil,
        release: Release? = nil
    ) {
        precondition((kind == .consent) == (transferKeys != nil))
        precondition((kind == .release) == (release != nil))
        self.kind = kind
        self.directorySerial = directorySerial
        self.treeDigest = treeDigest
        self.slot = slot
        self.answers = answers
        self.text = text
        self.attachments = attachments
        self.language = language
        self.shardByte = shardByte
        self.transferKeys = transferKeys
        self.release = release
    }

    /// The signed plaintext that fills a text envelope, 16,168 bytes.
    public func frame(keys: borrowing ThreadKeys, recipient: SealingPublicKey) -> [UInt8] {
        var serial = ByteWriter()
        serial.u64(directorySerial)
        var writer = FrameWriter(magic: .reporter, kind: kind.rawValue)
        writer.add(.organisation, keys.organisation.ascii)
        writer.add(.directorySerial, serial.bytes)
        writer.add(.treeDigest, treeDigest.bytes)
        writer.add(.threadKey, keys.thread.publicKey.bytes)
        writer.add(.replyKey, keys.reply.publicKey.bytes)
        writer.add(.sealedTagKey, recipient.seal(keys.tags.key))
        writer.add(.number, slot)
        writer.add(.envelopeDigest, release?.envelope.bytes ?? [])
        writer.add(.answers, Answer.text(answers))
        writer.add(.text, text)
        writer.add(.attachments, attachments)
        writer.add(.language, language)
        writer.add(.transferKeys, transferKeys?.field ?? [])
        writer.add(.release, release?.opening ?? [])
        writer.add(.shardByte, [shardByte])
        writer.add(.otherOrganisation, release?.from.ascii ?? [])
        writer.sign(with: keys.thread, as: .thread)
        return writer.finish(for: .text)
    }
}

/// A frame that says nothing: a filler of a day, or a cover.
public enum Filler {
    /// The kind of a filler's frame.
    public static let kind: UInt8 = 127

    /// The plaintext that fills a text envelope, 16,168 bytes.
    public static func frame(for organisation: OrganisationID) -> [UInt8] {
        var writer = FrameWriter(magic: .reporter, kind: kind)
        writer.add(.organisation, organisation.ascii)
        return writer.finish(for: .text)
    }

    /// Whether a frame is a filler for that organisation.
    public static func isFiller(_ frame: Frame, for organisation: OrganisationID) -> Bool {
        frame.kind == kind
            && frame.fields == [
                Frame.Field(type: FieldType.organisation.rawValue, value: organisation.ascii)
            ]
    }
}
