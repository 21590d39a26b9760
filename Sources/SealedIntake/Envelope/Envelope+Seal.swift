import CSodium

/// What the second wrap of a text envelope holds.
public enum SecondWrap: Sendable {
    /// The file key XOR `release(i)`, sealed to the escalation organisation.
    case release([UInt8], to: SealingPublicKey)
    /// As `release`, with 32 random bytes that nobody keeps: of a filler.
    case unreleasable(to: SealingPublicKey)
    /// The file key under a key that follows from it: there is no escalation organisation.
    case decoy
}

extension Envelope {
    /// Seals a text plaintext to an organisation; 16,384 bytes.
    public static func text(
        _ plaintext: [UInt8],
        to recipient: SealingPublicKey,
        second: SecondWrap
    ) -> Envelope {
        let key = SecretBytes.random(32)
        let other =
            switch second {
            case .release(let mask, let escalation): escalation.seal(key.xor(mask))
            case .unreleasable(let escalation):
                escalation.seal(key.xor(Sodium.random(32)))
            case .decoy: decoyKey(of: key).seal(key)
            }
        return seal(plaintext, as: .text, under: key, wraps: [recipient.seal(key), other])
    }

    /// Seals a reply plaintext to a reporter; 4,096 bytes.
    public static func reply(_ plaintext: [UInt8], to recipient: SealingPublicKey) -> Envelope {
        let key = SecretBytes.random(32)
        return seal(plaintext, as: .reply, under: key, wraps: [recipient.seal(key)])
    }

    /// A reply that nobody can open: zeros, to a key that is dropped here and now; 4,096 bytes.
    public static func replyToNobody() -> Envelope {
        let plaintext = [UInt8](repeating: 0, count: EnvelopeClass.reply.plaintextSize)
        return reply(plaintext, to: SealingKeyPair.random().publicKey)
    }

    /// Encrypts a part of an attachment under a file key of its own; 1,048,576 bytes.
    ///
    /// The nonce is fixed, so no key may serve twice: it is drawn here and nowhere else.
    public static func piece(_ plaintext: [UInt8]) -> SealedPiece {
        let key = SecretBytes.random(32)
        let envelope = seal(plaintext, as: .piece, under: key, wraps: [])
        return SealedPiece(envelope: envelope, fileKey: key)
    }

    /// The public key to which a text without escalation seals its second wrap.
    static func decoyKey(of key: borrowing SecretBytes) -> SealingPublicKey {
        SealingKeyPair(seed: Sodium.blake(key: key, label("decoy"))).publicKey
    }

    /// `BLAKE(F, L("commit") ‖ 00 ‖ head)`, 32 bytes: no two readers see two texts.
    package static func commitment(of head: [UInt8], under key: borrowing SecretBytes) -> [UInt8] {
        Sodium.blake(key: key, labelled("commit", head)).exposed
    }

    /// The key of the body, 32 bytes.
    package static func bodyKey(of key: borrowing SecretBytes) -> SecretBytes {
        Sodium.blake(key: key, label("body"))
    }

    private static func seal(
        _ plaintext: [UInt8],
        as envelopeClass: EnvelopeClass,
        under key: borrowing SecretBytes,
        wraps: [[UInt8]]
    ) -> Envelope {
        precondition(plaintext.count == envelopeClass.plaintextSize)
        let head = head(envelopeClass, wraps: wraps)
        let commit = commitment(of: head, under: key)
        let body = encrypted(plaintext, under: bodyKey(of: key), additional: head + commit)
        return Envelope(envelopeClass, wraps: wraps, commit: commit, body: body)
    }

    private static func encrypted(
        _ plaintext: [UInt8],
        under key: borrowing SecretBytes,
        additional: [UInt8]
    ) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: plaintext.count + 16)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &out,
            nil,
            plaintext,
            UInt64(plaintext.count),
            additional,
            UInt64(additional.count),
            nil,
            [UInt8](repeating: 0, count: 24),
            key.pointer
        )
        return out
    }
}

/// A piece and the key that opens it.
public struct SealedPiece: ~Copyable, Sendable {
    /// The envelope, 1,048,576 bytes.
    public let envelope: Envelope

    /// The file key, 32 bytes; it travels in the report that names the piece.
    public let fileKey: SecretBytes
}
