import CSodium

/// A public Ed25519 key, 32 bytes.
public struct SigningPublicKey: FixedBytes {
    /// 32 bytes.
    public static var count: Int { 32 }

    /// The length of a signature in bytes.
    public static let signatureCount = 64

    /// The bytes.
    public let bytes: [UInt8]

    /// Takes bytes whose length our own code has made sure of.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.count)
        self.bytes = bytes
    }

    /// Whether a signature over `message` is this key's, as libsodium judges.
    public func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        Sodium.start()
        guard signature.count == Self.signatureCount else { return false }
        let length = UInt64(message.count)
        return crypto_sign_verify_detached(signature, message, length, bytes) == 0
    }
}

/// An Ed25519 key pair.
public struct SigningKeyPair: ~Copyable, Sendable {
    /// The public half.
    public let publicKey: SigningPublicKey

    private let secretKey: SecretBytes

    /// Derives the pair from a seed of 32 bytes.
    public init(seed: borrowing SecretBytes) {
        precondition(seed.count == 32)
        let secret = SecretBytes(zeros: 64)
        var publicBytes = [UInt8](repeating: 0, count: 32)
        crypto_sign_seed_keypair(&publicBytes, secret.pointer, seed.pointer)
        publicKey = SigningPublicKey(publicBytes)
        secretKey = secret
    }

    /// A fresh pair.
    public static func random() -> SigningKeyPair {
        SigningKeyPair(seed: SecretBytes.random(32))
    }

    /// A copy of the seed in the open, 32 bytes, for a key file or the vault.
    public var exposedSeed: [UInt8] { [UInt8](secretKey.exposed.prefix(32)) }

    /// The signature over `message`, 64 bytes.
    public func sign(_ message: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: SigningPublicKey.signatureCount)
        crypto_sign_detached(&out, nil, message, UInt64(message.count), secretKey.pointer)
        return out
    }
}
