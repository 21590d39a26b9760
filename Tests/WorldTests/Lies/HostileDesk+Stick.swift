import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// What a hostile desk signs.
extension HostileDesk {
    /// Lends the desk's key.
    func withSigner<Value>(_ use: (borrowing NoteSigner) throws -> Value) throws -> Value {
        let seed = try world.desk(id).vault.read { cells in
            try cells.setting(.deskSeed)
        }
        let signer = DeskIdentity.signer(
            seed: seed,
            organisation: id,
            deployment: World.deployment
        )
        return try use(signer)
    }

    /// A stick to the server.
    func stick(_ lie: DeskLie, _ sent: [Sent]) throws -> [UInt8] {
        let rows = OutBundle.sorted(sent.map(\.row))
        let objects = rows.flatMap { row in
            sent.first { $0.row == row }.map(\.object) ?? []
        }
        let note = try world.desk(id).cosignedNote
        let honest = try VerifiedCheckpoint(
            note: note,
            origin: World.deployment,
            logKeys: [world.logKey.verifierKey]
        )
        let size = honest.checkpoint.size
        let held = try world.desk(id).newestSize
        let end = world.store.publication.size
        let have = lie == .saysItHasMore ? end + 1000 : held
        let head = try withSigner { signer in
            OutBundle.head(
                checkpoint: honest,
                organisation: id,
                have: have,
                shards: 256,
                acknowledgement: OutBundle.Acknowledgement(
                    size: size,
                    root: honest.checkpoint.root
                ),
                rows: rows,
                signer: signer
            )
        }
        switch lie {
        case .acknowledgesBeyond: return try acknowledging(size + 5, head: head)
        case .acknowledgesAnotherRoot: return try acknowledging(size, head: head)
        case .signsGarbage: return try garbage(head)
        default: return head + objects
        }
    }

    /// The stick with a checkpoint and an acknowledgement that the log never signed.
    private func acknowledging(_ size: UInt64, head: [UInt8]) throws -> [UInt8] {
        let root = Digest(of: town.chance.bytes(9))
        let text = Checkpoint(origin: World.deployment, size: size, root: root).text
        var parts = try StickBytes(head)
        let logLines = parts.notes[0].keeping([world.logKey.verifierKey]).signatures
        try withSigner { signer in
            let manifest = OutManifest(
                organisation: id,
                have: size,
                shards: 256,
                acknowledgement: OutBundle.Acknowledgement(size: size, root: root),
                rowsDigest: Digest(of: []),
                rowCount: 0
            )
            let signed = signer.cosigning(signer.note(text), day: world.today)
            // The log's line under another text, and sometimes none.
            let lines = town.chance.happens(onceIn: 2) ? logLines : []
            parts.notes = [
                signed.merging(SignedNote(text: text, signatures: lines)),
                signer.note(manifest.text),
            ]
        }
        return parts.bytes
    }

    /// Signed rows that are none.
    private func garbage(_ head: [UInt8]) throws -> [UInt8] {
        var parts = try StickBytes(head)
        let checkpoint = try Checkpoint(text: parts.notes[0].text)
        let count = Int.random(in: 1...5, using: &town.chance)
        parts.rest = town.chance.bytes(count * OutRow.count)
        try withSigner { signer in
            let manifest = OutManifest(
                organisation: id,
                have: checkpoint.size,
                shards: 256,
                acknowledgement: OutBundle.Acknowledgement(
                    size: checkpoint.size,
                    root: checkpoint.root
                ),
                rowsDigest: Digest(of: parts.rest),
                rowCount: UInt32(count)
            )
            parts.notes[1] = signer.note(manifest.text)
        }
        return parts.bytes
    }
}
