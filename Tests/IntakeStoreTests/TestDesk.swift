import IntakeOpening
import SealedIntake
import Testing

@testable import IntakeStore

/// The desk of an organisation: its keys, and what it writes.
final class TestDesk: Sendable {
    let id: OrganisationID
    let signer: NoteSigner
    let keys: KeyRing
    let sealingKey: SealingPublicKey

    init(_ name: String) throws {
        id = try name.id
        signer = NoteSigner(
            name: [UInt8](name.utf8) + [0x2E] + Deployment.name,
            pair: SigningKeyPair.random()
        )
        keys = KeyRing().adding(SealingKeyPair.random())
        sealingKey = try #require(keys.publicKeys.first)
    }

    /// A reply nobody can open, as a row and its object.
    func reply(shardByte: UInt8 = 0, tag: Tag = .random()) -> (row: OutRow, object: [UInt8]) {
        let plain = [UInt8](repeating: 7, count: EnvelopeClass.reply.plaintextSize)
        let envelope = Envelope.reply(plain, to: SealingKeyPair.random().publicKey)
        let row = OutRow.reply(id, shardByte: shardByte, tag: tag, digest: envelope.digest)
        return (row, envelope.bytes)
    }
}
