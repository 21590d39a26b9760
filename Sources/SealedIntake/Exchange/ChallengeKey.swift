/// From which a server's challenges follow, 32 bytes; drawn when it starts, never written down.
///
/// Nobody can foresee a challenge, so no stamp can be made before its hour; after a restart none
/// that was spent counts again.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.2; vectors `stamp.json`.
public struct ChallengeKey: ~Copyable, Sendable {
    private let key: SecretBytes

    /// Takes 32 bytes.
    public init(_ key: consuming SecretBytes) {
        precondition(key.count == 32)
        self.key = key
    }

    /// A new one.
    public static func random() -> ChallengeKey { ChallengeKey(.random(32)) }

    /// The challenge of an hour of Unix time, 16 bytes.
    public func challenge(of hour: UInt32) -> [UInt8] {
        var number = ByteWriter()
        number.u32(hour)
        let message = labelled("challenge", number.bytes)
        return [UInt8](
            Sodium.hmac(key: key.pointer, count: key.count, message)
                .prefix(Challenge.toSolveCount)
        )
    }
}
