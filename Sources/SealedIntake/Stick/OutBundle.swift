/// What travels from a desk to the server: everything of its container but the objects, verified.
///
/// ```text
/// "SIB1" ‖ u32 length ‖ checkpoint note ‖ u32 length ‖ manifest note ‖ row[70] x rows ‖ objects
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
public struct OutBundle: Sendable {
    /// How far a desk has acknowledged the log.
    public struct Acknowledgement: Hashable, Sendable {
        /// The size it cosigned; 0 when it never did.
        public let size: UInt64
        /// The root of that size.
        public let root: Digest

        /// Of a desk that never cosigned.
        public static let none = Acknowledgement(size: 0, root: MerkleTree().root)

        /// Takes the parts.
        public init(size: UInt64, root: Digest) {
            self.size = size
            self.root = root
        }
    }

    /// By whom.
    public let organisation: OrganisationID
    /// The checkpoint with the signatures of the log and of this desk alone; cosigned unless the
    /// desk never did.
    public let checkpoint: VerifiedCheckpoint
    /// How many leaves the desk holds.
    public let have: UInt64
    /// Of how many shards the rows speak: those of the directory that the desk trusts.
    public let shards: UInt32
    /// How far it cosigned.
    public let acknowledgement: Acknowledgement
    /// The rows, sorted.
    public let rows: [OutRow]

    /// Reads and verifies everything up to the objects.
    /// - Throws: ``BundleError``; both signatures before anything else is parsed.
    public init<Source: ByteSource>(
        from source: inout Source,
        directory: Directory
    ) throws(BundleError) {
        guard try source.exactly(4) == ascii("SIB1") else { throw .wrongMagic }
        let checkpointNote = try source.note()
        let manifestNote = try source.note()
        let deskKeys = directory.organisations.flatMap(\.deskKeys)
        let travelled: VerifiedCheckpoint
        let manifest: OutManifest
        let signers: [VerifierKey]
        do throws(NoteError) {
            signers = try manifestNote.signers(among: deskKeys)
            guard !signers.isEmpty else { throw NoteError.notSigned }
            travelled = try VerifiedCheckpoint(
                note: checkpointNote,
                origin: directory.deployment,
                logKeys: directory.logKeys
            )
            manifest = try OutManifest(text: manifestNote.text)
        } catch {
            throw .note(error)
        }
        guard let organisation = directory.organisation(manifest.organisation),
            signers.contains(where: organisation.deskKeys.contains)
        else { throw .otherOrganisation }
        checkpoint = travelled.keeping(
            directory.logKeys + organisation.deskKeys.map { $0.cosigner }
        )
        self.organisation = manifest.organisation
        have = manifest.have
        shards = manifest.shards
        acknowledgement = manifest.acknowledgement
        rows = try manifest.rows(from: &source)
        guard try isAcknowledged(by: organisation.deskKeys) else { throw .badAcknowledgement }
    }

    /// Reads the next object, of a row in order, and holds it to its row.
    ///
    /// Rows whose object size is 0 have none and are not asked for.
    /// - Throws: ``BundleError/cut``, ``BundleError/wrongObject``.
    public static func object<Source: ByteSource>(
        of row: OutRow,
        from source: inout Source
    ) throws(BundleError) -> [UInt8] {
        let bytes = try source.exactly(row.objectSize)
        guard Digest(of: bytes) == row.digest else { throw .wrongObject }
        return bytes
    }

    /// Everything of an out-bundle before its objects, signed by the desk key.
    public static func head(
        checkpoint: VerifiedCheckpoint,
        organisation: OrganisationID,
        have: UInt64,
        shards: UInt32,
        acknowledgement: Acknowledgement,
        rows: [OutRow],
        signer: borrowing NoteSigner
    ) -> [UInt8] {
        let bytes = [UInt8](rows.map { $0.bytes }.joined())
        let manifest = OutManifest(
            organisation: organisation,
            have: have,
            shards: shards,
            acknowledgement: acknowledgement,
            rowsDigest: Digest(of: bytes),
            rowCount: UInt32(rows.count)
        )
        return bundleHead(
            checkpoint: checkpoint.note,
            manifest: signer.note(manifest.text),
            rows: bytes
        )
    }

    /// Rows in the order in which they must travel.
    public static func sorted(_ rows: [OutRow]) -> [OutRow] {
        rows.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    private func isAcknowledged(by deskKeys: [VerifierKey]) throws(BundleError) -> Bool {
        guard acknowledgement != .none else { return true }
        do throws(NoteError) {
            return try checkpoint.cosigned(by: deskKeys) != nil
                && acknowledgement.size == checkpoint.checkpoint.size
                && acknowledgement.root == checkpoint.checkpoint.root
                && have >= acknowledgement.size
        } catch {
            throw .note(error)
        }
    }
}
