/// A reply of an organisation in one thread.
/// - SeeAlso: `docs/spec/protocol.md`, section 6.
public struct Reply: Equatable, Sendable {
    /// What the organisation says.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case received = 1
        case message = 2
        case question = 3
        case closed = 4
        /// May we transfer this to another organisation?
        case transfer = 5

        /// Whether it must have a text.
        public var needsText: Bool { self != .received && self != .closed }
    }

    /// The longest text in bytes.
    public static let longestText = 3000

    /// What is said.
    public let kind: Kind
    /// Who says it.
    public let organisation: OrganisationID
    /// Its number j in the thread, from 0.
    public let number: UInt32
    /// SHA-256 of the envelope it answers.
    public let answered: Digest
    /// The text: UTF-8, at most 3,000 bytes, empty where the kind allows.
    public let text: [UInt8]
    /// The day it was written.
    public let day: Day
    /// SHA-256 of the thread public key it is for.
    public let threadDigest: Digest
    /// The other organisation asked about; of a transfer.
    public let other: OrganisationID?

    /// Takes the parts; the caller has checked the text.
    public init(
        kind: Kind,
        organisation: OrganisationID,
        number: UInt32,
        answered: Digest,
        text: [UInt8],
        day: Day,
        threadDigest: Digest,
        other: OrganisationID? = nil
    ) {
        precondition((kind == .transfer) == (other != nil))
        self.kind = kind
        self.organisation = organisation
        self.number = number
        self.answered = answered
        self.text = text
        self.day = day
        self.threadDigest = threadDigest
        self.other = other
    }

    /// The plaintext that fills a reply envelope, 3,960 bytes, signed by the desk key.
    public func frame(signedBy desk: borrowing SigningKeyPair) -> [UInt8] {
        precondition(text.count <= Self.longestText && PlainText.isValid(text))
        precondition(!kind.needsText || !text.isEmpty)
        var writer = FrameWriter(magic: .organisation, kind: kind.rawValue)
        writer.add(.organisation, organisation.ascii)
        writer.add(.number, number)
        writer.add(.envelopeDigest, answered.bytes)
        writer.add(.text, text)
        writer.add(.day, day.number)
        writer.add(.threadDigest, threadDigest.bytes)
        writer.add(.otherOrganisation, other?.ascii ?? [])
        writer.sign(with: desk, as: .desk)
        return writer.finish(for: .reply)
    }

    /// Admits a plaintext for the thread and number its tag was derived from.
    /// - Throws: ``ReplyError``.
    public init(
        plaintext: [UInt8],
        organisation: OrganisationID,
        number: UInt32,
        threadDigest: Digest,
        deskKeys: [SigningPublicKey]
    ) throws(ReplyError) {
        let frame: Frame
        do throws(FrameError) {
            frame = try Frame(bytes: plaintext, magic: .organisation)
        } catch {
            throw .frame(error)
        }
        do throws(AdmissionError) {
            try self.init(admitting: frame, deskKeys: deskKeys)
        } catch {
            throw .admission(error)
        }
        guard self.organisation == organisation, self.number == number,
            self.threadDigest == threadDigest
        else { throw .admission(.otherThread) }
    }

    private init(
        admitting frame: Frame,
        deskKeys: [SigningPublicKey]
    ) throws(AdmissionError) {
        guard let kind = Kind(rawValue: frame.kind) else { throw .unknownKind }
        try FrameFields.check(
            frame,
            must: [.organisation, .number, .envelopeDigest, .day, .threadDigest, .signature]
                + (kind.needsText ? [.text] : [])
                + (kind == .transfer ? [.otherOrganisation] : []),
            may: kind.needsText ? [] : [.text]
        )
        let fields = FrameFields(frame)
        self.kind = kind
        organisation = try fields.organisation(.organisation)
        number = try fields.u32(.number, below: TagKey.replyCount)
        answered = try fields.fixed(.envelopeDigest)
        text = try fields.text(longest: Self.longestText)
        day = try fields.day()
        threadDigest = try fields.fixed(.threadDigest)
        other = kind == .transfer ? try fields.organisation(.otherOrganisation) : nil
        guard deskKeys.contains(where: { frame.isSigned(by: $0, as: .desk) }) else {
            throw .badSignature
        }
    }
}

/// Why a plaintext is no reply to this reporter.
public enum ReplyError: Refusal {
    /// It is no frame.
    case frame(FrameError)
    /// The frame is no reply of this thread.
    case admission(AdmissionError)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .frame(let error): error.clause
        case .admission(let error): error.clause
        }
    }
}
