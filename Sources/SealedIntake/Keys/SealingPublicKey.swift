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

    /// How many bytes more than it holds a sealed secret has.
    public static let overhead = 48

    /// Seals a short secret to the key: 48 bytes more than it holds.
    ///
    /// The key must not be of low order: our own code checks where keys come in.
    public func seal(_ plaintext: borrowing SecretBytes) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: plaintext.count + Self.overhead)
        let length = UInt64(plaintext.count)
        let status = crypto_box_seal(&out, plaintext.pointer, length, bytes)
        precondition(status == 0, "sealed to a key of low order")
        return out
    }
}
