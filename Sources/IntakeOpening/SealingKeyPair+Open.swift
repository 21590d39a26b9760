import CSodium
import SealedIntake

extension SealingKeyPair {
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
