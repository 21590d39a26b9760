import SealedIntake
import Stage
import Testing

@testable import IntakeStore

/// What an organisation's desk writes.
extension PaperOrganisation {
    /// A reply nobody can open, as a row and its object.
    func reply(shard: UInt8 = 0, tag: Tag = .random()) -> (row: OutRow, object: [UInt8]) {
        let plain = [UInt8](repeating: 7, count: EnvelopeClass.reply.plaintextSize)
        let envelope = Envelope.reply(plain, to: SealingKeyPair.random().publicKey)
        let row = OutRow.reply(id, shard: shard, tag: tag, digest: envelope.digest)
        return (row, envelope.bytes)
    }

    /// An envelope for another organisation.
    func transfer(
        to organisation: String,
        tag: Tag = .random()
    ) throws -> (row: OutRow, object: [UInt8]) {
        let envelope = try Samples.envelope()
        let row = OutRow.transferred(to: try organisation.id, tag: tag, digest: envelope.digest)
        return (row, envelope.bytes)
    }

    /// Takes a reply back.
    func withdraw(_ reply: OutRow) -> (row: OutRow, object: [UInt8]) {
        (.withdrawal(id, tag: reply.tag, digest: reply.digest), [])
    }

    /// Asks for a piece.
    func want(_ digest: Digest) -> (row: OutRow, object: [UInt8]) {
        (.pieceWanted(by: id, digest: digest), [])
    }
}
