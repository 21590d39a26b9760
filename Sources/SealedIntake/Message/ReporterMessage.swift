/// A message of a reporter, admitted: its fields are those of its kind and its signature holds.
///
/// Whether it belongs to its leaf and its thread is the opening module's and the desk's to say.
/// - SeeAlso: `docs/spec/protocol.md`, section 6.
public struct ReporterMessage: Equatable, Sendable {
    /// What the reporter sends.
    public enum Kind: UInt8, Sendable {
        case report = 1
        case followUp = 2
        /// Yes to the question whether a thread may be transferred.
        case consent = 3
        /// One envelope, written to another organisation, is opened to this one.
        case release = 6

        /// The longest text in bytes.
        public var longestText: Int {
            switch self {
            case .report, .followUp: ReporterMessage.longestText
            case .consent, .release: 1000
            }
        }

        /// Whether it tells something, so that it must have a text and may have attachments.
        public var tells: Bool { self == .report || self == .followUp }
    }

    /// The longest text of a report in bytes.
    public static let longestText = 10_000

    /// What it is.
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
    /// The slot its tag was derived from.
    public let slot: UInt32
    /// The answers that go along, in the order given.
    public let answers: [Answer]
    /// What the reporter wrote: UTF-8, at most ``Kind/longestText`` bytes, hostile until shown
    /// safely; empty where a consent or release has none.
    public let text: [UInt8]
    /// The attachments it names.
    public let attachments: [Attachment]
    /// The language of the page, BCP 47.
    public let language: [UInt8]
    /// The keys for the other organisation; of a consent.
    public let transferKeys: TransferKeys?
    /// What is opened; of a release.
    public let release: Release?
    /// The shard byte of the reporter's replies.
    public let shardByte: UInt8

    /// Admits a frame that was read.
    /// - Throws: ``AdmissionError``; the kind is checked first, then the fields in order, then the
    ///   signature.
    public init(admitting frame: Frame) throws(AdmissionError) {
        guard let kind = Kind(rawValue: frame.kind) else { throw .unknownKind }
        try FrameFields.check(frame, must: kind.must, may: kind.may)
        let fields = FrameFields(frame)
        self.kind = kind
        organisation = try fields.organisation(.organisation)
        directorySerial = try fields.u64(.directorySerial)
        treeDigest = try fields.fixed(.treeDigest)
        threadKey = try fields.fixed(.threadKey)
        replyKey = try fields.fixed(.replyKey)
        sealedTagKey = try fields.bytes(.sealedTagKey, count: 80)
        slot = try fields.u32(.number)
        answers = try fields.answers()
        text = try fields.text(longest: kind.longestText)
        attachments = try fields.attachments()
        language = try fields.language()
        transferKeys = kind == .consent ? try fields.transferKeys() : nil
        release = kind == .release ? try fields.release() : nil
        shardByte = try fields.bytes(.shardByte, count: 1)[0]
        guard !replyKey.isLowOrder else { throw .lowOrderReplyKey }
        guard frame.isSigned(by: threadKey, as: .thread) else { throw .badSignature }
    }
}

extension ReporterMessage.Kind {
    /// Fields that every frame of the kind has.
    var must: [FieldType] {
        let all: [FieldType] = [
            .organisation, .directorySerial, .treeDigest, .threadKey, .replyKey, .sealedTagKey,
            .number, .language, .shardByte, .signature,
        ]
        return switch self {
        case .report, .followUp: all + [.text]
        case .consent: all + [.transferKeys]
        case .release: all + [.envelopeDigest, .release, .otherOrganisation]
        }
    }

    /// Fields that a frame of the kind may have besides.
    var may: [FieldType] { tells ? [.answers, .attachments] : [.text] }
}
