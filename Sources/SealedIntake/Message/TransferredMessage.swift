/// A message transferred to another organisation with the reporter's consent, admitted: the desk
/// that transfers it signed it, and one thread key signed both frames.
///
/// That the consent is for this organisation, and what its keys open to, is the opening module's
/// to say.
/// - SeeAlso: `docs/spec/protocol.md`, sections 6 and 11.
public struct TransferredMessage: Sendable {
    /// The kind of its frame.
    public static let kind: UInt8 = 5

    /// To whom it was transferred, B.
    public let organisation: OrganisationID
    /// The message, as the reporter signed it for A.
    public let message: ReporterMessage
    /// The consent, as the reporter signed it for A.
    public let consent: ReporterMessage
    /// The keys for B, sealed to B.
    public let keys: TransferKeys
    /// The bytes of the message's frame, up to and with its signature.
    public let messageFrame: [UInt8]

    /// By whom it was transferred, A.
    public var from: OrganisationID { message.organisation }

    private let frame: Frame

    /// Whether one of these desk keys of A signed it.
    public func isSigned(by deskKeys: [VerifierKey]) -> Bool {
        deskKeys.contains { frame.isSigned(by: $0.key, as: .desk) }
    }

    /// Admits a frame that was read; the signature of A is for ``isSigned(by:)`` to say.
    /// - Throws: ``AdmissionError``; the kind, the fields, then the two frames, each as it would
    ///   have been admitted at A, then whether they belong together.
    public init(admitting frame: Frame) throws(AdmissionError) {
        guard frame.kind == Self.kind else { throw .unknownKind }
        try FrameFields.check(
            frame,
            must: [.organisation, .message, .consent, .signature],
            may: []
        )
        organisation = try FrameFields(frame).organisation(.organisation)
        messageFrame = frame.value(.message) ?? []
        message = try Self.inner(.message, of: frame)
        consent = try Self.inner(.consent, of: frame)
        guard message.kind.tells else { throw .badField(FieldType.message.rawValue) }
        guard let keys = consent.transferKeys else {
            throw .badField(FieldType.consent.rawValue)
        }
        guard consent.organisation == message.organisation,
            consent.threadKey == message.threadKey
        else { throw .otherThread }
        guard keys.organisation == organisation else { throw .otherOrganisation }
        self.keys = keys
        self.frame = frame
    }

    /// The plaintext that fills a text envelope, 16,168 bytes, signed by desk A.
    ///
    /// The two frames are ``Frame/transferred`` of the thread's message and of its consent.
    public static func frame(
        to organisation: OrganisationID,
        message: [UInt8],
        consent: [UInt8],
        signedBy desk: borrowing SigningKeyPair
    ) -> [UInt8] {
        var writer = FrameWriter(magic: .reporter, kind: kind)
        writer.add(.organisation, organisation.ascii)
        writer.add(.message, message)
        writer.add(.consent, consent)
        writer.sign(with: desk, as: .desk)
        return writer.finish(for: .text)
    }

    private static func inner(
        _ type: FieldType,
        of frame: Frame
    ) throws(AdmissionError) -> ReporterMessage {
        guard let inner = try? Frame(transferred: frame.value(type) ?? [], magic: .reporter) else {
            throw .badField(type.rawValue)
        }
        return try ReporterMessage(admitting: inner)
    }
}
