import SealedIntake

/// The key that signs promises and nothing else, as it lies in `promise.key`, and the keys that
/// signed them before.
///
/// ```text
/// "sealedintake/v1/promise-key " ‖ base64(seed[32]) ‖ LF ‖ ("before " ‖ vkey ‖ LF)*
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, sections 7.5 and 10.1; `keys/README.md`.
public final class PromiseKey: Sendable {
    /// Keys that signed promises before, newest first; what they signed still holds.
    public let before: [VerifierKey]

    private let signer: NoteSigner

    private static let form = KeyFile(head: [UInt8]("sealedintake/v1/promise-key ".utf8))

    private init(signer: consuming NoteSigner, before: [VerifierKey] = []) {
        self.signer = signer
        self.before = before
    }

    /// A fresh key for a deployment, named `promise.` and the deployment.
    public static func random(deployment: [UInt8]) -> PromiseKey {
        let name = Directory.promiseKeyName(deployment)
        return PromiseKey(signer: NoteSigner(name: name, pair: SigningKeyPair.random()))
    }

    /// Reads the file.
    /// - Throws: ``StoreError/otherPromiseKey`` when it is not in its form.
    public init(file: [UInt8], deployment: [UInt8]) throws {
        let name = Directory.promiseKeyName(deployment)
        guard let (seed, before) = Self.form.read(file, name: name) else {
            throw StoreError.otherPromiseKey
        }
        self.before = before
        signer = NoteSigner(name: name, pair: SigningKeyPair(seed: SecretBytes(copying: seed)))
    }

    /// The whole file.
    public var file: [UInt8] { Self.form.bytes(of: signer, before: before) }

    /// The public half.
    public var verifierKey: VerifierKey { signer.verifierKey }

    /// Signs a promise.
    public func note(_ promise: SubmissionPromise) -> SignedNote { signer.note(promise.text) }

    /// This key as the one that signs after another.
    public func succeeding(_ other: PromiseKey) -> PromiseKey {
        let pair = SigningKeyPair(seed: SecretBytes(copying: signer.pair.exposedSeed))
        let known = [other.verifierKey] + other.before
        return PromiseKey(
            signer: NoteSigner(name: signer.name, pair: pair),
            before: known.filter { $0 != verifierKey }
        )
    }
}
