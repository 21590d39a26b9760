/// What travels from the server to a desk: everything of its container but the objects, verified.
///
/// ```text
/// "SIB1" ‖ u32 length ‖ checkpoint note ‖ u32 length ‖ manifest note ‖ rows ‖ objects
/// rows = u8 n ‖ n x root[32] ‖ (leaf[65] ‖ u32 size) x leaves ‖ (SHA-256[32] ‖ u32 size) x pieces
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
public struct InBundle: Sendable {
    /// A leaf and the size of its object; 0 where the object does not travel.
    public struct LeafRow: Equatable, Sendable {
        /// The leaf.
        public let leaf: Leaf
        /// The size in bytes.
        public let size: UInt32

        /// Takes the parts.
        public init(leaf: Leaf, size: UInt32) {
            self.leaf = leaf
            self.size = size
        }
    }

    /// A piece for this desk; 0 where it is missing.
    public struct PieceRow: Equatable, Sendable {
        /// SHA-256 of the piece's envelope.
        public let digest: Digest
        /// The size in bytes.
        public let size: UInt32

        /// Takes the parts.
        public init(digest: Digest, size: UInt32) {
            self.digest = digest
            self.size = size
        }
    }

    /// The checkpoint the bundle ends at, with the log's signatures alone.
    public let checkpoint: VerifiedCheckpoint
    /// For whom.
    public let organisation: OrganisationID
    /// Notes of checkpoints that other organisations cosigned; not verified.
    public let witnesses: [SignedNote]
    /// The leaves up to the checkpoint.
    public let run: LogRun
    /// The size of each leaf's object.
    let sizes: [UInt32]
    /// The pieces, sorted by digest.
    public let pieces: [PieceRow]

    /// Reads and verifies everything up to the objects.
    ///
    /// Both signatures are verified before anything else is parsed. Whether FROM suits the desk
    /// is the desk's to say.
    /// - Throws: ``BundleError``.
    public init<Source: ByteSource>(
        from source: inout Source,
        organisation: OrganisationID,
        origin: [UInt8],
        logKeys: [VerifierKey]
    ) throws(BundleError) {
        guard try source.exactly(4) == ascii("SIB1") else { throw .wrongMagic }
        let checkpointNote = try source.note()
        let manifestNote = try source.note()
        let manifest: InManifest
        do throws(NoteError) {
            guard !(try manifestNote.signers(among: logKeys)).isEmpty else {
                throw NoteError.notSigned
            }
            checkpoint = try VerifiedCheckpoint(
                note: checkpointNote,
                origin: origin,
                logKeys: logKeys
            ).keeping(logKeys)
            manifest = try InManifest(text: manifestNote.text)
        } catch {
            throw .note(error)
        }
        guard manifest.organisation == organisation else { throw .otherOrganisation }
        guard manifest.to == checkpoint.checkpoint.size else { throw .badManifest }
        self.organisation = organisation
        witnesses = manifest.witnesses
        let rows = try InRows(from: &source, manifest: manifest, organisation: organisation)
        run = rows.run
        sizes = rows.sizes
        pieces = rows.pieces
        guard run.agrees(with: checkpoint.checkpoint) else { throw .wrongRoot }
    }

    /// All checkpoints in a bundle that the log signed, its own first, whatever else is wrong with
    /// it: two that the log signed prove what they prove.
    public static func checkpoints<Source: ByteSource>(
        from source: inout Source,
        origin: [UInt8],
        logKeys: [VerifierKey]
    ) -> [VerifiedCheckpoint] {
        guard (try? source.exactly(4)) == ascii("SIB1"), let first = try? source.note(),
            let manifestNote = try? source.note()
        else { return [] }
        let isSigned = (try? manifestNote.signers(among: logKeys))?.isEmpty == false
        let manifest = isSigned ? try? InManifest(text: manifestNote.text) : nil
        return ([first] + (manifest?.witnesses ?? [])).compactMap { note in
            try? VerifiedCheckpoint(note: note, origin: origin, logKeys: logKeys)
                .keeping(logKeys)
        }
    }

    /// The leaves with their sizes, in order.
    public var rows: some Sequence<LeafRow> {
        zip(run.leaves, sizes).lazy.map { LeafRow(leaf: $0, size: $1) }
    }

    /// Reads the next object, of a row in order, and holds it to its row.
    ///
    /// Rows of size 0 have no object and are not asked for.
    /// - Throws: ``BundleError/cut``, ``BundleError/wrongObject``.
    public static func object<Source: ByteSource>(
        of row: LeafRow,
        from source: inout Source
    ) throws(BundleError) -> [UInt8] {
        let bytes = try source.exactly(Int(row.size))
        let digest =
            row.leaf.type == .directory
            ? (try? SignedNote(bytes: bytes))?.digest : Digest(of: bytes)
        guard digest == row.leaf.digest else { throw .wrongObject }
        return bytes
    }

    /// Reads the next object, of a piece.
    /// - Throws: ``BundleError/cut``, ``BundleError/wrongObject``.
    public static func object<Source: ByteSource>(
        of row: PieceRow,
        from source: inout Source
    ) throws(BundleError) -> [UInt8] {
        let bytes = try source.exactly(Int(row.size))
        guard Digest(of: bytes) == row.digest else { throw .wrongObject }
        return bytes
    }

    /// Refuses what stands behind the last object.
    /// - Throws: ``BundleError/tooLong``.
    public static func checkEnd<Source: ByteSource>(
        of source: inout Source
    ) throws(BundleError) {
        guard source.read(1).isEmpty else { throw .tooLong }
    }
}
