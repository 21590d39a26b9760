import SealedIntake

/// The key that signs the log, as it lies in `log.key`, and the keys that signed it before.
///
/// ```text
/// "sealedintake/v1/log-key " ‖ base64(seed[32]) ‖ LF ‖ ("before " ‖ vkey ‖ LF)*
/// ```
/// - SeeAlso: `keys/README.md`.
public final class LogKey: Sendable {
    /// Signs checkpoints and manifests under the deployment's name; promises have a key of their
    /// own.
    public let signer: NoteSigner

    /// Keys that signed this log before, newest first; what they signed still holds.
    public let before: [VerifierKey]

    private static let form = KeyFile(head: [UInt8]("sealedintake/v1/log-key ".utf8))

    private init(
        deployment: [UInt8],
        pair: consuming SigningKeyPair,
        before: [VerifierKey] = []
    ) {
        signer = NoteSigner(name: deployment, pair: pair)
        self.before = before
    }

    /// A fresh key for a deployment.
    public static func random(deployment: [UInt8]) -> LogKey {
        LogKey(deployment: deployment, pair: SigningKeyPair.random())
    }

    /// Reads the file.
    /// - Throws: ``StoreError/otherLogKey`` when it is not in its form.
    public init(file: [UInt8], deployment: [UInt8]) throws {
        guard let (seed, before) = Self.form.read(file, name: deployment) else {
            throw StoreError.otherLogKey
        }
        self.before = before
        signer = NoteSigner(
            name: deployment,
            pair: SigningKeyPair(seed: SecretBytes(copying: seed))
        )
    }

    /// The whole file.
    public var file: [UInt8] { Self.form.bytes(of: signer, before: before) }

    /// The public half.
    public var verifierKey: VerifierKey { signer.verifierKey }

    /// The public halves of this key and of those before it.
    public var verifierKeys: [VerifierKey] { [verifierKey] + before }

    /// This key as the one that signs after another.
    public func succeeding(_ other: LogKey) -> LogKey {
        LogKey(
            deployment: signer.name,
            pair: SigningKeyPair(seed: SecretBytes(copying: signer.pair.exposedSeed)),
            before: other.verifierKeys.filter { $0 != verifierKey }
        )
    }
}
