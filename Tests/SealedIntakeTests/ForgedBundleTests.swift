import Stage
import Testing

@testable import SealedIntake

/// Bundles whose signatures and digests all hold, written by who has the key: what is left to
/// refuse are their rules.
struct ForgedBundleTests {
    let fixture = DirectoryFixture()
    let own: OrganisationID
    private let other: OrganisationID
    private let directory: Directory

    init() throws {
        directory = try fixture.directory()
        own = directory.organisations[0].id
        other = directory.organisations[1].id
    }

    func verified(_ tree: MerkleTree) throws -> VerifiedCheckpoint {
        try fixture.paper.log.verified(fixture.paper.log.checkpoint(tree))
    }

    func readIn(_ bytes: [UInt8]) throws(BundleError) -> InBundle {
        var source = ArraySource(bytes)
        return try InBundle(
            from: &source,
            organisation: own,
            origin: directory.deployment,
            logKeys: directory.logKeys
        )
    }

    private func head(
        _ rows: [InBundle.LeafRow],
        pieces: [InBundle.PieceRow] = [],
        tree: MerkleTree? = nil
    ) throws -> [UInt8] {
        let after = MerkleTree(of: rows.map(\.leaf))
        return InBundle.head(
            checkpoint: try verified(tree ?? after),
            organisation: own,
            before: MerkleTree(),
            leaves: rows,
            pieces: pieces,
            signer: fixture.paper.log
        )
    }

    @Test func `the rules of an in-bundle's rows hold`() throws {
        let submission = Leaf.submission(own, .random(), Digest(of: [1]))
        let foreign = Leaf.submission(other, .random(), Digest(of: [2]))
        let dayEnd = Leaf.dayEnd(Day(number: 20_780))
        let reply = Leaf.reply(own, .random(), Digest(of: [3]))
        let acknowledged = Leaf.acknowledgement(own, size: 1, digest: Digest(of: []))
        let directoryLeaf = Leaf.directory(serial: 1, digest: Digest(of: []))
        let good = [
            InBundle.LeafRow(leaf: submission, size: 16_384),
            InBundle.LeafRow(leaf: submission, size: 0),
            InBundle.LeafRow(leaf: foreign, size: 0), InBundle.LeafRow(leaf: dayEnd, size: 0),
        ]
        _ = try readIn(try head(good))
        let bad = [
            InBundle.LeafRow(leaf: submission, size: 16_383),
            InBundle.LeafRow(leaf: foreign, size: 16_384),
            InBundle.LeafRow(leaf: dayEnd, size: 1), InBundle.LeafRow(leaf: reply, size: 4096),
            InBundle.LeafRow(leaf: acknowledged, size: 1),
            InBundle.LeafRow(leaf: directoryLeaf, size: 65_537),
        ]
        for row in bad {
            let bytes = try head([row])
            #expect(throws: BundleError.badRow, "\(row)") { _ = try readIn(bytes) }
        }
        let digests = [Digest(of: [1]), Digest(of: [2])].sorted()
        func pieces(_ list: [(Digest, UInt32)]) throws -> [UInt8] {
            try head(good, pieces: list.map { InBundle.PieceRow(digest: $0.0, size: $0.1) })
        }
        _ = try readIn(try pieces([(digests[0], 1_048_576), (digests[1], 0)]))
        for list in [
            [(digests[1], 0), (digests[0], 0)], [(digests[0], 0), (digests[0], 0)],
            [(digests[0], 16_384)],
        ] as [[(Digest, UInt32)]] {
            let bytes = try pieces(list)
            #expect(throws: BundleError.badRow) { _ = try readIn(bytes) }
        }
    }

    @Test func `leaves that do not give the checkpoint are refused`() throws {
        let row = InBundle.LeafRow(leaf: .dayEnd(Day(number: 1)), size: 0)
        var another = MerkleTree()
        another.append(Digest(of: [9]))
        let wrongRoot = try head([row], tree: another)
        #expect(throws: BundleError.wrongRoot) { _ = try readIn(wrongRoot) }
        another.append(Digest(of: [8]))
        let wrongSize = try head([row], tree: another)
        #expect(throws: BundleError.self) { _ = try readIn(wrongSize) }
    }

    /// The manifest of a bundle with one line more, signed.
    @Test func `a manifest has one form only`() throws {
        let good = OutManifest(
            organisation: own,
            have: 0,
            shards: 16,
            acknowledgement: .none,
            rowsDigest: Digest(of: []),
            rowCount: 0
        ).text
        _ = try OutManifest(text: good)
        let rootHex = String(decoding: Digest(of: [1]).hex, as: UTF8.self)
        let text = String(decoding: good, as: UTF8.self)
        let empty = String(decoding: MerkleTree().root.hex, as: UTF8.self)
        let bad = [
            text + "more\n", text.replacing("ack 0 \(empty)", with: "ack 0 \(rootHex)"),
            text.replacing("have 0", with: "have 00"), text.replacing("/out", with: "/in"),
            text.replacing("have 0", with: "have"), text.replacing("nl-vi", with: "NL"),
            text.replacing("shards 16\n", with: ""), text.replacing("s 16", with: "s 0"),
            text.replacing("s 16", with: "s 12"), text.replacing("s 16", with: "s 512"),
            text.replacing("s 16", with: "s 016"), text.replacing("s 16", with: "s 4294967297"),
            text.replacing("have 0\nshards 16", with: "shards 16\nhave 0"),
        ]
        for text in bad {
            #expect(throws: NoteError.badText, "\(text)") {
                _ = try OutManifest(text: [UInt8](text.utf8))
            }
        }
    }

    private func readOut(_ rows: [[UInt8]]) throws -> OutBundle {
        let bytes = [UInt8](rows.joined())
        let manifest = OutManifest(
            organisation: own,
            have: 0,
            shards: 16,
            acknowledgement: .none,
            rowsDigest: Digest(of: bytes),
            rowCount: UInt32(rows.count)
        )
        let head = bundleHead(
            checkpoint: try verified(MerkleTree()).note,
            manifest: fixture.paper["nl-vi"].signer.note(manifest.text),
            rows: bytes
        )
        var source = ArraySource(head)
        return try OutBundle(from: &source, directory: directory)
    }

    private func row(
        _ kind: UInt8,
        shard: UInt8 = 0,
        _ id: OrganisationID? = nil,
        tag: UInt8 = 7,
        size: UInt32
    ) -> [UInt8] {
        var writer = ByteWriter([kind, shard])
        writer.append((id ?? own).padded)
        writer.append([UInt8](repeating: tag, count: 16))
        writer.append(Digest(of: [1]).bytes)
        writer.u32(size)
        return writer.bytes
    }

    @Test func `the rules of an out-bundle's rows hold`() throws {
        let good = [
            row(2, shard: 9, size: 4096), row(5, other, size: 16_384), row(6, tag: 0, size: 0),
            row(8, size: 0),
        ]
        #expect(try readOut(good).rows.count == 4)
        let bad = [
            [row(2, shard: 16, size: 4096)], [row(2, size: 0)], [row(2, other, size: 4096)],
            [row(5, size: 16_384)],
            [row(5, other, size: 4096)], [row(5, shard: 1, other, size: 16_384)],
            [row(6, tag: 1, size: 0)], [row(6, shard: 1, tag: 0, size: 0)],
            [row(6, other, tag: 0, size: 0)], [row(8, size: 1)], [row(8, shard: 1, size: 0)],
            [row(8, other, size: 0)], [row(1, size: 0)], [row(9, size: 0)],
            [row(2, tag: 8, size: 4096), row(2, tag: 7, size: 4096)],
            [row(2, size: 4096), row(2, size: 4096)], good.reversed(),
        ]
        for rows in bad {
            #expect(throws: BundleError.badRow, "\(rows.map { $0.prefix(2) })") {
                _ = try readOut(rows)
            }
        }
    }

    @Test(arguments: [(65_536, .cut), (65_537, .badManifest)] as [(UInt32, BundleError)])
    func `a bundle has at most 65,536 rows`(count: UInt32, error: BundleError) throws {
        let manifest = OutManifest(
            organisation: own,
            have: 0,
            shards: 16,
            acknowledgement: .none,
            rowsDigest: Digest(of: []),
            rowCount: count
        )
        let head = bundleHead(
            checkpoint: try verified(MerkleTree()).note,
            manifest: fixture.paper["nl-vi"].signer.note(manifest.text),
            rows: []
        )
        #expect(throws: error) {
            var source = ArraySource(head)
            _ = try OutBundle(from: &source, directory: directory)
        }
    }

    @Test func `an acknowledgement is that of the checkpoint that travels`() throws {
        var tree = MerkleTree()
        tree.append(Digest(of: [1]))
        let desk = fixture.paper["nl-vi"]
        let signed = desk.signer.cosigning(try verified(tree).note, day: Day(number: 20_780))
        // Whoever carried it may have added a line: it is not kept.
        let helpdesk = fixture.paper["helpdesk"]
        let note = helpdesk.signer.cosigning(signed, day: Day(number: 20_780))
        let cosigned = try fixture.paper.log.verified(note)
        func head(_ have: UInt64, _ size: UInt64, _ root: Digest) -> [UInt8] {
            OutBundle.head(
                checkpoint: cosigned,
                organisation: own,
                have: have,
                shards: 16,
                acknowledgement: OutBundle.Acknowledgement(size: size, root: root),
                rows: [],
                signer: fixture.paper["nl-vi"].signer
            )
        }
        var source = ArraySource(head(1, 1, tree.root))
        let bundle = try OutBundle(from: &source, directory: directory)
        #expect(Set(bundle.checkpoint.note.signatures) == Set(signed.signatures))
        for bytes in [
            head(2, 2, tree.root), head(1, 1, Digest(of: [])), head(0, 1, tree.root),
        ] {
            #expect(throws: BundleError.badAcknowledgement) {
                var source = ArraySource(bytes)
                _ = try OutBundle(from: &source, directory: directory)
            }
        }
    }
}
