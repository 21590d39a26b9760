import Foundation
import SealedIntake

/// Writes a directory and an in-bundle of many reports for a desk that `intake-admin init` made,
/// as a server would have.
///
/// Usage: `MakeBundle FOLDER REPORTS LEAVES`, where FOLDER holds `roots` (written here on the first
/// call, without the numbers) and `desk.lines`, the directory lines that init printed; LEAVES are
/// those of another organisation. The server's and the root's keys are made anew and forgotten.
@main
struct MakeBundle {
    static func main() throws {
        let arguments = CommandLine.arguments
        let folder = URL(filePath: arguments[1])
        let seedFile = folder.appending(path: "root.seed")
        guard arguments.count == 4, let count = UInt32(arguments[2]),
            let others = UInt32(arguments[3])
        else {
            let seed = SecretBytes.random(32)
            try Data(seed.exposed).write(to: seedFile)
            let root = NoteSigner(name: ascii("bench-root"), pair: SigningKeyPair(seed: seed))
            let roots = ascii("threshold 1\n") + root.verifierKey.text + [0x0A]
            try Data(roots).write(to: folder.appending(path: "roots"))
            return
        }
        let seed = SecretBytes(copying: [UInt8](try Data(contentsOf: seedFile)))
        let lines = try String(contentsOf: folder.appending(path: "desk.lines"), encoding: .utf8)
        let deployment = BenchDeployment(rootSeed: seed, deskLines: lines)
        try Data(deployment.note.bytes).write(to: folder.appending(path: "directory.note"))
        let bundle = try deployment.bundle(reports: count, others: others)
        try Data(bundle).write(to: folder.appending(path: "reports.in"))
    }
}

/// A log with one day of reports by as many reporters.
private struct BenchDeployment: ~Copyable {
    let log = NoteSigner(name: ascii("bench.example"), pair: .random())
    let promise = NoteSigner(name: ascii("promise.bench.example"), pair: .random())
    let note: SignedNote
    let directory: Directory
    let day = Day(unixSeconds: UInt64(Date().timeIntervalSince1970))

    init(rootSeed: borrowing SecretBytes, deskLines: String) {
        let root = NoteSigner(name: ascii("bench-root"), pair: SigningKeyPair(seed: rootSeed))
        let digest = String(decoding: Digest(of: []).hex, as: UTF8.self)
        let until = String(decoding: day.adding(30).text, as: UTF8.self)
        let text =
            """
            sealedintake/v1/directory
            deployment bench.example
            serial 1
            issued \(String(decoding: day.text, as: UTF8.self))
            expires \(until)
            log \(String(decoding: log.verifierKey.text, as: UTF8.self))
            promise \(String(decoding: promise.verifierKey.text, as: UTF8.self))
            shards 1
            work 4096
            tree \(digest)
            organisation nl-vi Vertrouwensinspecteurs
            \(deskLines)batch 1
            escalation none

            """
        note = root.note([UInt8](text.utf8))
        do {
            directory = try Directory(text: note.text)
        } catch {
            preconditionFailure("a directory of ours: \(error)")
        }
    }

    func bundle(reports: UInt32, others: UInt32) throws -> [UInt8] {
        let organisation = directory.organisations[0]
        guard let key = organisation.sealingKey(on: day) else { return [] }
        var objects: [(leaf: Leaf, envelope: [UInt8])] = []
        for number in 0..<reports {
            let root = ReporterRoot(key: SecretBytes.random(32))
            let keys = ThreadKeys(root: root, organisation: organisation.id)
            let draft = draft(number)
            let plaintext = draft.frame(keys: keys, recipient: key)
            let envelope = Envelope.text(plaintext, to: key, second: .decoy)
            let digest = envelope.digest
            let tag = keys.tags.messageTag(of: digest, slot: draft.slot)
            objects.append((.submission(organisation.id, tag, digest), envelope.bytes))
        }
        objects.sort { $0.leaf.tag < $1.leaf.tag }
        let first = Leaf.directory(serial: 1, digest: note.digest)
        let rows =
            [InBundle.LeafRow(leaf: first, size: UInt32(note.bytes.count))]
            + objects.map { InBundle.LeafRow(leaf: $0.leaf, size: 16_384) }
            + foreign(others)
            + [InBundle.LeafRow(leaf: .dayEnd(day), size: 0)]
        let head = try self.head(rows: rows, organisation: organisation.id)
        return objects.reduce(into: head + note.bytes) { $0 += $1.envelope }
    }

    /// Leaves of somebody else, which have no object here.
    private func foreign(_ count: UInt32) -> [InBundle.LeafRow] {
        guard let other = OrganisationID(ascii: ascii("other")) else { return [] }
        return (0..<count).map { _ in
            let leaf = Leaf.submission(other, .random(), Digest(of: VaultKey.randomBytes(8)))
            return InBundle.LeafRow(leaf: leaf, size: 0)
        }
    }

    private func head(rows: [InBundle.LeafRow], organisation: OrganisationID) throws -> [UInt8] {
        let tree = rows.reduce(into: MerkleTree()) { $0.append($1.leaf.hash) }
        let checkpoint = Checkpoint(origin: log.name, size: tree.size, root: tree.root)
        return InBundle.head(
            checkpoint: try VerifiedCheckpoint(
                note: log.note(checkpoint.text),
                origin: log.name,
                logKeys: [log.verifierKey]
            ),
            organisation: organisation,
            before: MerkleTree(),
            leaves: rows,
            pieces: [],
            signer: log
        )
    }

    private func draft(_ number: UInt32) -> MessageDraft {
        MessageDraft(
            kind: .report,
            directorySerial: 1,
            treeDigest: Digest(of: []),
            slot: number,
            answers: Answer.list(ascii("rol=leerling\nschool=vo\nthema=pesten\n")) ?? [],
            text: [UInt8](String(repeating: "Ze wachten me op bij de fietsen. ", count: 40).utf8),
            language: ascii("nl"),
            shardByte: UInt8(truncatingIfNeeded: number)
        )
    }
}
