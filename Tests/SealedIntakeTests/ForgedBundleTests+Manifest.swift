import Testing

@testable import SealedIntake

/// What a manifest may say of its rows, signed as it is.
extension ForgedBundleTests {
    /// A bundle of rows that a manifest speaks of as it likes.
    private func bundle(
        _ rows: [UInt8],
        to end: UInt64,
        checkpoint: MerkleTree,
        pieces: UInt32 = 0,
        digest: Digest? = nil
    ) throws -> [UInt8] {
        let manifest = InManifest(
            organisation: own,
            from: 0,
            to: end,
            rowsDigest: digest ?? Digest(of: rows),
            pieceCount: pieces,
            witnesses: []
        )
        return bundleHead(
            checkpoint: try verified(checkpoint).note,
            manifest: fixture.paper.log.note(manifest.text),
            rows: rows
        )
    }

    @Test func `a bundle ends where its checkpoint does`() throws {
        let leaves = (1...3).map { Leaf.dayEnd(Day(number: $0)) }
        let run = LogRun(before: MerkleTree(), leaves: leaves)
        let rows = InRows.bytes(
            before: MerkleTree(),
            leaves: leaves.map { InBundle.LeafRow(leaf: $0, size: 0) },
            pieces: []
        )
        _ = try readIn(try bundle(rows, to: 3, checkpoint: run.after))
        let shorter = try #require(run.tree(at: 2))
        var longer = run.after
        longer.append(Digest(of: [9]))
        for tree in [shorter, longer] {
            let bytes = try bundle(rows, to: 3, checkpoint: tree)
            #expect(throws: BundleError.badManifest) { _ = try readIn(bytes) }
        }
    }

    @Test func `rows are those that the manifest signs`() throws {
        let piece = InBundle.PieceRow(digest: Digest(of: [1]), size: 0)
        let rows = InRows.bytes(before: MerkleTree(), leaves: [], pieces: [piece])
        _ = try readIn(try bundle(rows, to: 0, checkpoint: MerkleTree(), pieces: 1))
        let bytes = try bundle(
            rows,
            to: 0,
            checkpoint: MerkleTree(),
            pieces: 1,
            digest: Digest(of: [9])
        )
        #expect(throws: BundleError.rowsDigest) { _ = try readIn(bytes) }
    }

    @Test(arguments: [(10_000_000, .cut), (10_000_001, .badManifest)] as [(UInt32, BundleError)])
    func `no memory is set aside for more than ten million`(
        count: UInt32,
        error: BundleError
    ) throws {
        let tree = try #require(
            MerkleTree(
                size: UInt64(count),
                subtrees: [Digest](repeating: Digest(of: []), count: count.nonzeroBitCount)
            )
        )
        let leaves = try bundle([], to: UInt64(count), checkpoint: tree)
        #expect(throws: error) { _ = try readIn(leaves) }
        let pieces = try bundle([], to: 0, checkpoint: MerkleTree(), pieces: count)
        #expect(throws: error) { _ = try readIn(pieces) }
    }

    @Test func `a piece is the one of its row`() throws {
        let bytes = [UInt8](repeating: 7, count: 1_048_576)
        for (digest, isOwn) in [(Digest(of: bytes), true), (Digest(of: [7]), false)] {
            var source = ArraySource(bytes)
            let row = InBundle.PieceRow(digest: digest, size: 1_048_576)
            let object = try? InBundle.object(of: row, from: &source)
            #expect((object == bytes) == isOwn)
        }
    }

    @Test func `a bundle does not begin behind its end`() throws {
        for (from, isRead) in [(2, true), (3, true), (4, false)] as [(UInt64, Bool)] {
            let manifest = InManifest(
                organisation: own,
                from: from,
                to: 3,
                rowsDigest: Digest(of: []),
                pieceCount: 0,
                witnesses: []
            )
            #expect((try? InManifest(text: manifest.text))?.from == (isRead ? from : nil))
        }
    }
}
