/// A report or follow-up, admitted: its fields are those of its kind and its signature holds.
///
/// Whether it belongs to its leaf and its thread is ``AdmittedMessage``'s and the desk's to say.
/// - SeeAlso: `docs/spec/protocol.md`, section 6.
public struct ReporterMessage: Equatable, Sendable {
    /// What the reporter sends.
    public enum Kind: UInt8, Sendable {
        case report = 1
        case followUp = 2
    }

    /// The longest text in bytes.
    public static let longestText = 10_000

    /// Report or follow-up.
    public let kind: Kind
    /// To whom it was written.
    public let organisation: OrganisationID
    /// The serial of the directory the page used.
    public let directorySerial: UInt64
    /// SHA-256 of the decision tree the page showed.
    public let treeDigest: Digest
    /// The key that signed it and names the thread.
    public let threadKey: SigningPublicKey
    /// Replies are sealed to it; not of low order.
    public let replyKey: SealingPublicKey
    /// The tag key, sealed to the organisation, 80 bytes.
    public let sealedTagKey: [UInt8]
    /// The slot its tag was derived from, below 4,096.
    public let slot: UInt32
    /// The answers that go along, in the order given.
    public let answers: [Answer]
    /// What the reporter wrote: UTF-8, at most 10,000 bytes, hostile until shown safely.
    public let text: [UInt8]
    /// The attachments it names.
    public let attachments: [Attachment]
    /// The language of the page, BCP 47.
    public let language: [UInt8]
    /// The shard byte of the reporter's replies.
    public let shardByte: UInt8

    /// Admits a frame that was read.
    /// - Throws: ``AdmissionError``; the kind is checked first, then the fields in order, then the
    ///   signature.
    public init(admitting frame: Frame) throws(AdmissionError) {
        guard let kind = Kind(rawValue: frame.kind) else { throw .unknownKind }
        let must: [FieldType] = [
            .organisation, .directorySerial, .treeDigest, .threadKey, .replyKey, .sealedTagKey,
            .number, .text, .language, .shardByte, .signature,
        ]
        try FrameFields.check(frame, must: must, may: [.answers, .attachments])
        let fields = FrameFields(frame)
        self.kind = kind
        organisation = try fields.organisation(.organisation)
        directorySerial = try fields.u64(.directorySerial)
        treeDigest = try fields.fixed(.treeDigest)
        threadKey = try fields.fixed(.threadKey)
        replyKey = try fields.fixed(.replyKey)
        sealedTagKey = try fields.bytes(.sealedTagKey, count: 80)
        slot = try fields.u32(.number, below: TagKey.slotCount)
        answers = try fields.answers()
        text = try fields.text(longest: Self.longestText)
        attachments = try fields.attachments()
        language = try fields.language()
        shardByte = try fields.bytes(.shardByte, count: 1)[0]
        guard !replyKey.isLowOrder else { throw .lowOrderReplyKey }
        guard frame.isSigned(by: threadKey, as: .thread) else { throw .badSignature }
    }
}
