import SealedIntake

/// The key that signs the log, as it lies in `log.key`.
///
/// ```text
/// "sealedintake/v1/log-key " ‖ base64(seed[32]) ‖ LF
/// ```
/// - SeeAlso: `keys/README.md`.
public final class LogKey: Sendable {
    /// Signs checkpoints, promises and manifests under the deployment's name.
    public let signer: NoteSigner

    private static let head = [UInt8]("sealedintake/v1/log-key ".utf8)

    private init(deployment: [UInt8], pair: consuming SigningKeyPair) {
        signer = NoteSigner(name: deployment, pair: pair)
    }

    /// A fresh key for a deployment.
    public static func random(deployment: [UInt8]) -> LogKey {
        LogKey(deployment: deployment, pair: SigningKeyPair.random())
    }

    /// Reads the file.
    /// - Throws: ``StoreError/otherLogKey`` when it is not in its form.
    public init(file: [UInt8], deployment: [UInt8]) throws(StoreError) {
        guard file.starts(with: Self.head), file.last == 0x0A,
            let seed = Base64.decode([UInt8](file.dropFirst(Self.head.count).dropLast())),
            seed.count == 32
        else { throw .otherLogKey }
        let pair = SigningKeyPair(seed: SecretBytes(copying: seed))
        signer = NoteSigner(name: deployment, pair: pair)
    }

    /// The whole file.
    public var file: [UInt8] {
        Self.head + Base64.encode(signer.pair.exposedSeed) + [0x0A]
    }

    /// The public half.
    public var verifierKey: VerifierKey { signer.verifierKey }
}
