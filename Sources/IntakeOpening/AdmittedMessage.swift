import SealedIntake

/// A message that belongs to its leaf: opened, admitted, and with the tag its slot must have.
///
/// What is left to the desk is the thread: that the slot is new and the keys are those of the
/// thread's first message.
/// - SeeAlso: `docs/spec/protocol.md`, section 6, admission of leaf type 1.
public struct AdmittedMessage: ~Copyable, Sendable {
    /// The message.
    public let message: ReporterMessage

    /// Its tag key, opened.
    public let tags: TagKey

    /// The plaintext it was read from, 16,168 bytes.
    public let plaintext: [UInt8]

    /// Admits the plaintext of the envelope of this digest, under the tag of its leaf.
    /// - Throws: ``MessageError``.
    public init(
        plaintext: [UInt8],
        envelope digest: Digest,
        tag: Tag,
        organisation: OrganisationID,
        ring: KeyRing
    ) throws(MessageError) {
        let frame = try MessageError.frame(plaintext, for: organisation)
        let message: ReporterMessage
        do throws(AdmissionError) {
            message = try ReporterMessage(admitting: frame)
        } catch {
            throw .admission(error)
        }
        guard message.organisation == organisation else { throw .admission(.otherOrganisation) }
        guard let secret = ring.open(message.sealedTagKey), secret.count == 32 else {
            throw .admission(.unreadableTagKey)
        }
        let tags = TagKey(secret)
        guard tags.messageTag(of: digest, slot: message.slot) == tag else {
            throw .admission(.wrongTag)
        }
        self.message = message
        self.tags = tags
        self.plaintext = plaintext
    }

    /// Opens an envelope that stands in the log under `tag`, and admits it.
    /// - Throws: ``MessageError``.
    public init(
        envelope: [UInt8],
        tag: Tag,
        organisation: OrganisationID,
        ring: KeyRing
    ) throws(MessageError) {
        let plaintext = try MessageError.plaintext(of: envelope) { sealed throws(OpenError) in
            try sealed.open(with: ring)
        }
        try self.init(
            plaintext: plaintext,
            envelope: Digest(of: envelope),
            tag: tag,
            organisation: organisation,
            ring: ring
        )
    }
}

/// Why an envelope of the log is no message; only `filler` is meant so.
public enum MessageError: Refusal {
    /// A filler: dropped, not shown.
    case filler
    /// The bytes are no envelope.
    case envelope(EnvelopeError)
    /// It does not open.
    case open(OpenError)
    /// What opened is no frame.
    case frame(FrameError)
    /// The frame is no message.
    case admission(AdmissionError)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .filler: "a filler, nothing to read"
        case .envelope(let error): error.clause
        case .open(let error): error.clause
        case .frame(let error): error.clause
        case .admission(let error): error.clause
        }
    }
}
