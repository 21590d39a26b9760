/// The secret from which the challenge of every hour follows: drawn when a server starts, nowhere
/// but in its memory.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.2.
public struct ChallengeKey: ~Copyable, Sendable {
    private let key: SecretBytes

    /// Takes a key of any length.
    public init(key: consuming SecretBytes) {
        self.key = key
    }

    /// A fresh key of 32 bytes.
    public static func random() -> ChallengeKey { ChallengeKey(key: .random(32)) }

    /// The challenge of an hour (Unix time / 3600), 16 bytes.
    ///
    /// `HMAC(key, L("challenge") ‖ 00 ‖ u32 hour)[0..15]`
    public func challenge(of hour: UInt32) -> [UInt8] {
        var message = ByteWriter(labelled("challenge"))
        message.u32(hour)
        let hash = Sodium.hmac(key: key.pointer, count: key.count, message.bytes)
        return [UInt8](hash.prefix(Challenge.toSolveCount))
    }
}
