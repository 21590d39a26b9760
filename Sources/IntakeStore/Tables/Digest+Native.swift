import Crypto
import SealedIntake

extension SealedIntake.Digest {
    /// The SHA-256 of many bytes, by the processor's own instructions where it has them.
    ///
    /// The same digest as the protocol's own, which is libsodium's portable code everywhere.
    init(native message: [UInt8]) {
        self.init([UInt8](SHA256.hash(data: message)))
    }

    /// The bytes that have this digest, one bit of those given turned over; nil where there are none.
    func restoring(_ bytes: [UInt8]) -> [UInt8]? {
        var bytes = bytes
        var before = SHA256()
        for block in stride(from: 0, to: bytes.count, by: SHA256.blockByteCount) {
            let end = min(block + SHA256.blockByteCount, bytes.count)
            for index in block..<end {
                for bit in 0..<8 {
                    bytes[index] ^= 1 << UInt8(bit)
                    var hash = before
                    hash.update(data: bytes[block...])
                    if Self([UInt8](hash.finalize())) == self { return bytes }
                    bytes[index] ^= 1 << UInt8(bit)
                }
            }
            before.update(data: bytes[block..<end])
        }
        return nil
    }
}
