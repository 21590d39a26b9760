import CSodium
import SealedIntake

extension SealingKeyPair {
    /// Opens what was sealed to this pair, or nil when it was not.
    public func open(_ sealed: [UInt8]) -> SecretBytes? {
        guard sealed.count > SealingPublicKey.overhead else { return nil }
        let out = SecretBytes(zeros: sealed.count - SealingPublicKey.overhead)
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
