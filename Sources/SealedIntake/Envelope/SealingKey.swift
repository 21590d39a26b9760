import CSodium

/// A public key to which anybody can seal, 32 bytes (X25519).
public struct SealingPublicKey: FixedBytes {
    /// 32 bytes.
    public static var count: Int { 32 }
    /// The bytes.
    public let bytes: [UInt8]

    /// Takes bytes whose length our own code has made sure of.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.count)
        self.bytes = bytes
    }

    /// Whether the point is of low order, so that what is sealed to it is sealed to everybody.
    public var isLowOrder: Bool {
        Sodium.start()
        var out = [UInt8](repeating: 0, count: 32)
        let scalar = [UInt8](repeating: 0x55, count: 32)
        return crypto_scalarmult_curve25519(&out, scalar, bytes) != 0
    }

    /// Seals a short secret to the key: 48 bytes more than it holds.
    ///
    /// The key must not be of low order: our own code checks where keys come in.
    public func seal(_ plaintext: [UInt8]) -> [UInt8] {
        Sodium.start()
        var out = [UInt8](repeating: 0, count: plaintext.count + 48)
        let status = crypto_box_seal(&out, plaintext, UInt64(plaintext.count), bytes)
        precondition(status == 0, "sealed to a key of low order")
        return out
    }
}

/// A sealing key pair; the secret half opens what was sealed to the public one.
public struct SealingKeyPair: ~Copyable, Sendable {
    /// The public half.
    public let publicKey: SealingPublicKey

    private let secretKey: SecretBytes

    /// Derives the pair from a seed of 32 bytes.
    public init(seed: borrowing SecretBytes) {
        precondition(seed.count == 32)
        let secret = SecretBytes(zeros: 32)
        var publicBytes = [UInt8](repeating: 0, count: 32)
        crypto_box_seed_keypair(&publicBytes, secret.pointer, seed.pointer)
        publicKey = SealingPublicKey(publicBytes)
        secretKey = secret
    }

    /// Takes the secret half, 32 bytes.
    public init(secretKey: consuming SecretBytes) {
        precondition(secretKey.count == 32)
        Sodium.start()
        var publicBytes = [UInt8](repeating: 0, count: 32)
        crypto_scalarmult_base(&publicBytes, secretKey.pointer)
        publicKey = SealingPublicKey(publicBytes)
        self.secretKey = secretKey
    }

    /// A fresh pair.
    public static func random() -> SealingKeyPair {
        SealingKeyPair(seed: SecretBytes.random(32))
    }

    /// A copy of the secret half in the open, for the vault.
    public var exposedSecretKey: [UInt8] { secretKey.exposed }

    /// Opens what was sealed to this pair, or nil when it was not.
    public func open(_ sealed: [UInt8]) -> SecretBytes? {
        guard sealed.count > 48 else { return nil }
        let out = SecretBytes(zeros: sealed.count - 48)
        let length = UInt64(sealed.count)
        let status = crypto_box_seal_open(
            out.pointer,
            sealed,
            length,
            publicKey.bytes,
            secretKey.pointer
        )
        guard status == 0 else { return nil }
        return consume out
    }
}

/// The sealing keys an organisation holds, one an epoch.
public final class KeyRing: Sendable {
    private final class Entry: Sendable {
        let pair: SealingKeyPair

        init(_ pair: consuming SealingKeyPair) {
            self.pair = pair
        }
    }

    private let entries: [Entry]

    private init(entries: [Entry]) {
        self.entries = entries
    }

    /// A ring without keys.
    public convenience init() {
        self.init(entries: [])
    }

    /// This ring and one key more.
    public func adding(_ pair: consuming SealingKeyPair) -> KeyRing {
        KeyRing(entries: entries + [Entry(pair)])
    }

    /// The public keys, in the order they were added.
    public var publicKeys: [SealingPublicKey] { entries.map { $0.pair.publicKey } }

    /// Opens with the first key that can, or nil when none can.
    public func open(_ sealed: [UInt8]) -> SecretBytes? {
        for entry in entries {
            if let opened = entry.pair.open(sealed) { return opened }
        }
        return nil
    }
}
