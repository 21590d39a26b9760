import CSodium
import SealedIntake

extension Envelope {
    /// Opens with the keys of a ring: each wrap in order, the first that opens decides.
    /// - Throws: ``OpenError``; the commitment is checked before the body.
    public func open(with ring: KeyRing) throws(OpenError) -> [UInt8] {
        for wrap in wraps {
            if let key = ring.open(wrap) { return try open(fileKey: key) }
        }
        throw .notForTheseKeys
    }

    /// Opens with one key pair.
    /// - Throws: ``OpenError``.
    public func open(with pair: borrowing SealingKeyPair) throws(OpenError) -> [UInt8] {
        for wrap in wraps {
            if let key = pair.open(wrap) { return try open(fileKey: key) }
        }
        throw .notForTheseKeys
    }

    /// Opens the second wrap with what the reporter released, 32 bytes.
    /// - Throws: ``OpenError``.
    public func open(with ring: KeyRing, release: [UInt8]) throws(OpenError) -> [UInt8] {
        guard wraps.count == 2, let wrap = wraps.last, let masked = ring.open(wrap) else {
            throw .notForTheseKeys
        }
        return try open(fileKey: masked.xor(release))
    }

    /// Opens with the file key itself, 32 bytes.
    /// - Throws: ``OpenError/commitment``, ``OpenError/body``.
    public func open(fileKey: borrowing SecretBytes) throws(OpenError) -> [UInt8] {
        guard Sodium.isEqual(commit, Self.commitment(of: head, under: fileKey)) else {
            throw .commitment
        }
        let key = Self.bodyKey(of: fileKey)
        let additional = head + commit
        var out = [UInt8](repeating: 0, count: envelopeClass.plaintextSize)
        let status = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &out,
            nil,
            nil,
            body,
            UInt64(body.count),
            additional,
            UInt64(additional.count),
            [UInt8](repeating: 0, count: 24),
            key.pointer
        )
        guard status == 0 else { throw .body }
        return out
    }
}

/// Why an envelope does not open.
public enum OpenError: Refusal {
    /// No wrap opens with the keys held.
    case notForTheseKeys
    /// The file key is not the one the envelope commits to.
    case commitment
    /// The body was changed.
    case body

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .notForTheseKeys: "sealed to keys that are not held here"
        case .commitment: "the envelope does not keep to its own key"
        case .body: "the sealed text was changed"
        }
    }
}
