import SealedIntake

/// A transferred message, opened: what was transferred, and the keys to answer under.
///
/// What is left to the desk is the signature of the organisation that transferred it, and the
/// thread.
/// - SeeAlso: `docs/spec/protocol.md`, section 6, admission of leaf type 5.
public struct OpenedTransfer: ~Copyable, Sendable {
    /// The message, its consent and by whom it was transferred.
    public let transferred: TransferredMessage
    /// The key that names the thread here.
    public let threadKey: SigningPublicKey
    /// Replies are sealed to it; not of low order.
    public let replyKey: SealingPublicKey
    /// The tags of the thread here follow from it.
    public let tags: TagKey
    /// The plaintext it was read from, 16,168 bytes.
    public let plaintext: [UInt8]

    /// Opens an envelope of a type 5 leaf and admits it, but for the signature of desk A.
    /// - Throws: ``MessageError``.
    public init(
        envelope: [UInt8],
        organisation: OrganisationID,
        ring: KeyRing
    ) throws(MessageError) {
        let plaintext = try MessageError.plaintext(of: envelope) { sealed throws(OpenError) in
            try sealed.open(with: ring)
        }
        let frame = try MessageError.frame(plaintext, for: organisation)
        let transferred = try Self.admitted(frame, for: organisation)
        let secret = try Self.opened(transferred.keys, with: ring)
        self.plaintext = plaintext
        self.transferred = transferred
        threadKey = SigningPublicKey([UInt8](secret.exposed[0..<32]))
        replyKey = SealingPublicKey([UInt8](secret.exposed[32..<64]))
        tags = TagKey(SecretBytes(copying: [UInt8](secret.exposed[64..<96])))
    }

    private static func admitted(
        _ frame: Frame,
        for organisation: OrganisationID
    ) throws(MessageError) -> TransferredMessage {
        do throws(AdmissionError) {
            let transferred = try TransferredMessage(admitting: frame)
            guard transferred.organisation == organisation else { throw .otherOrganisation }
            return transferred
        } catch {
            throw .admission(error)
        }
    }

    /// The three keys, 96 bytes.
    private static func opened(
        _ keys: TransferKeys,
        with ring: KeyRing
    ) throws(MessageError) -> SecretBytes {
        guard let opened = ring.open(keys.sealed), opened.count == 96 else {
            throw .admission(.unreadableTagKey)
        }
        guard !SealingPublicKey([UInt8](opened.exposed[32..<64])).isLowOrder else {
            throw .admission(.lowOrderReplyKey)
        }
        return opened
    }
}

/// An overdue envelope that its reporter released to this organisation, opened.
///
/// It is read only: a consent or a release inside is not acted on.
/// - SeeAlso: `docs/spec/protocol.md`, section 6, admission of leaf type 4.
public struct OpenedRelease: Sendable {
    /// The message, as the reporter signed it for the other organisation.
    public let message: ReporterMessage
    /// The plaintext it was read from, 16,168 bytes.
    public let plaintext: [UInt8]

    /// Opens the second wrap with what was released, and admits what is inside.
    /// - Throws: ``MessageError``.
    public init(envelope: [UInt8], release: Release, ring: KeyRing) throws(MessageError) {
        plaintext = try MessageError.plaintext(of: envelope) { sealed throws(OpenError) in
            try sealed.open(with: ring, release: release.opening)
        }
        let frame = try MessageError.frame(plaintext, for: release.from)
        do throws(AdmissionError) {
            message = try ReporterMessage(admitting: frame)
            guard message.organisation == release.from else { throw .otherOrganisation }
        } catch {
            throw .admission(error)
        }
    }
}

extension MessageError {
    /// The plaintext of a text envelope.
    static func plaintext(
        of bytes: [UInt8],
        opening open: (Envelope) throws(OpenError) -> [UInt8]
    ) throws(MessageError) -> [UInt8] {
        let sealed: Envelope
        do throws(EnvelopeError) {
            sealed = try Envelope(bytes: bytes, expecting: .text)
        } catch {
            throw .envelope(error)
        }
        do throws(OpenError) {
            return try open(sealed)
        } catch {
            throw .open(error)
        }
    }

    /// The frame in a plaintext; a filler is told apart.
    static func frame(
        _ plaintext: [UInt8],
        for organisation: OrganisationID
    ) throws(MessageError) -> Frame {
        let frame: Frame
        do throws(FrameError) {
            frame = try Frame(bytes: plaintext, magic: .reporter)
        } catch {
            throw .frame(error)
        }
        if Filler.isFiller(frame, for: organisation) { throw .filler }
        return frame
    }
}
