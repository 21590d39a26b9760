import CSodium

/// A sealing key pair; opening with its secret half is a module of its own, IntakeOpening.
public struct SealingKeyPair: ~Copyable, Sendable {
    /// The public half.
    public let publicKey: SealingPublicKey

    package let secretKey: SecretBytes

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
}
