import Crypto
import SealedIntake

extension SealedIntake.Digest {
    /// The SHA-256 of many bytes, by the processor's own instructions where it has them.
    ///
    /// The same digest as the protocol's own, which is libsodium's portable code everywhere.
    init(native message: [UInt8]) {
        self.init([UInt8](SHA256.hash(data: message)))
    }
}
