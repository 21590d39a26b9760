import SealedIntake

/// The secret of one epoch and the last day it is used for sealing.
///
/// ```text
/// secret key[32] ‖ u32 day
/// ```
struct SealingKeyRecord: VaultRecord {
    static let table = VaultTable.sealingKey

    let secretKey: [UInt8]
    let until: Day

    /// The pair.
    var pair: SealingKeyPair { SealingKeyPair(secretKey: SecretBytes(copying: secretKey)) }

    init(_ pair: borrowing SealingKeyPair, until: Day) {
        secretKey = pair.exposedSecretKey
        self.until = until
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        secretKey = try reader.bytes(32)
        until = Day(number: try reader.u32())
    }

    func write(to writer: inout ByteWriter) {
        writer.append(secretKey)
        writer.u32(until.number)
    }
}
