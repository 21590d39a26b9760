/// The rows of an in-bundle.
struct InRows {
    let run: LogRun
    /// The size of each leaf's object.
    let sizes: [UInt32]
    let pieces: [InBundle.PieceRow]

    /// Reads as many rows as the signed manifest says, and holds them to its digest.
    init<Source: ByteSource>(
        from source: inout Source,
        manifest: InManifest,
        organisation: OrganisationID
    ) throws(BundleError) {
        let count = manifest.to - manifest.from
        guard count <= 10_000_000, manifest.pieceCount <= 10_000_000 else { throw .badManifest }
        let subtreeCount = manifest.from.nonzeroBitCount
        let size = 1 + 32 * subtreeCount + 69 * Int(count) + 36 * Int(manifest.pieceCount)
        let bytes = try source.exactly(size)
        guard Digest(of: bytes) == manifest.rowsDigest else { throw .rowsDigest }
        var reader = ByteReader(bytes)
        guard let before = try? MerkleTree(manifest.from, from: &reader) else { throw .badRow }
        var leaves: [Leaf] = []
        var sizes: [UInt32] = []
        leaves.reserveCapacity(Int(count))
        for _ in 0..<count {
            let row = try Self.leafRow(from: &reader, organisation: organisation)
            leaves.append(row.leaf)
            sizes.append(row.size)
        }
        guard let run = LogRun(before: before, received: leaves) else { throw .badRow }
        self.run = run
        self.sizes = sizes
        pieces = try Self.pieceRows(from: &reader, count: manifest.pieceCount)
    }

    /// Writes them.
    static func bytes(
        before: MerkleTree,
        leaves: [InBundle.LeafRow],
        pieces: [InBundle.PieceRow]
    ) -> [UInt8] {
        var writer = ByteWriter()
        before.write(to: &writer)
        for row in leaves {
            writer.append(row.leaf.bytes)
            writer.u32(row.size)
        }
        for row in pieces {
            writer.append(row.digest.bytes)
            writer.u32(row.size)
        }
        return writer.bytes
    }

    private static func leafRow(
        from reader: inout ByteReader,
        organisation: OrganisationID
    ) throws(BundleError) -> InBundle.LeafRow {
        let leaf: Leaf
        do throws(LeafError) {
            leaf = try Leaf(from: &reader)
        } catch {
            throw .leaf(error)
        }
        guard let size = try? reader.u32(), allows(size, leaf, organisation) else { throw .badRow }
        return InBundle.LeafRow(leaf: leaf, size: size)
    }

    /// An object travels whole, or is missing, or does not travel here at all.
    private static func allows(_ size: UInt32, _ leaf: Leaf, _ own: OrganisationID) -> Bool {
        switch leaf.type {
        case .submission, .overdue, .transferred:
            size == 0 || (leaf.organisation == own && size == UInt32(EnvelopeClass.text.size))
        case .directory: size <= UInt32(SignedNote.longest)
        case .reply, .dayEnd, .acknowledgement, .withdrawal: size == 0
        }
    }

    private static func pieceRows(
        from reader: inout ByteReader,
        count: UInt32
    ) throws(BundleError) -> [InBundle.PieceRow] {
        var rows: [InBundle.PieceRow] = []
        for _ in 0..<count {
            guard let digest = try? Digest(from: &reader), let size = try? reader.u32(),
                size == 0 || size == UInt32(EnvelopeClass.piece.size),
                rows.last.map({ $0.digest < digest }) ?? true
            else { throw .badRow }
            rows.append(InBundle.PieceRow(digest: digest, size: size))
        }
        return rows
    }
}

extension InBundle {
    /// Everything of an in-bundle before its objects, signed by the log key.
    ///
    /// The objects of all rows with a size follow in the order of the rows.
    public static func head(
        checkpoint: VerifiedCheckpoint,
        organisation: OrganisationID,
        before: MerkleTree,
        leaves: [LeafRow],
        pieces: [PieceRow],
        witnesses: [SignedNote] = [],
        signer: borrowing NoteSigner
    ) -> [UInt8] {
        let rows = InRows.bytes(before: before, leaves: leaves, pieces: pieces)
        let manifest = InManifest(
            organisation: organisation,
            from: before.size,
            to: checkpoint.checkpoint.size,
            rowsDigest: Digest(of: rows),
            pieceCount: UInt32(pieces.count),
            witnesses: witnesses
        )
        return bundleHead(
            checkpoint: checkpoint.note,
            manifest: signer.note(manifest.text),
            rows: rows
        )
    }
}

/// `"SIB1" ‖ u32 length ‖ checkpoint note ‖ u32 length ‖ manifest note ‖ rows`.
func bundleHead(checkpoint: SignedNote, manifest: SignedNote, rows: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(ascii("SIB1"))
    for note in [checkpoint, manifest] {
        let bytes = note.bytes
        writer.u32(UInt32(bytes.count))
        writer.append(bytes)
    }
    writer.append(rows)
    return writer.bytes
}
