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
        acknowledgement: Acknowledgement,
        rows: [OutRow],
        signer: borrowing NoteSigner
    ) -> [UInt8] {
        let bytes = [UInt8](rows.map { $0.bytes }.joined())
        let manifest = OutManifest(
            organisation: organisation,
            have: have,
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

/// What the desk key signs of an out-bundle.
struct OutManifest {
    let organisation: OrganisationID
    let have: UInt64
    let acknowledgement: OutBundle.Acknowledgement
    let rowsDigest: Digest
    let rowCount: UInt32

    init(
        organisation: OrganisationID,
        have: UInt64,
        acknowledgement: OutBundle.Acknowledgement,
        rowsDigest: Digest,
        rowCount: UInt32
    ) {
        self.organisation = organisation
        self.have = have
        self.acknowledgement = acknowledgement
        self.rowsDigest = rowsDigest
        self.rowCount = rowCount
    }

    init(text: [UInt8]) throws(NoteError) {
        var lines = ManifestLines(text)
        guard lines.next() == label("out") else { throw .badText }
        let name = try lines.words(after: "organisation", 1)
        let have = try lines.words(after: "have", 1)
        let ack = try lines.words(after: "ack", 2)
        let rows = try lines.words(after: "rows", 2)
        guard let organisation = OrganisationID(ascii: name[0]),
            let have = Decimal.decode(have[0]), let size = Decimal.decode(ack[0]),
            let root = Hex.decode(ack[1]).flatMap({ Digest(bytes: $0) }),
            let digest = Hex.decode(rows[0]).flatMap({ Digest(bytes: $0) }),
            let count = Decimal.decode(rows[1]).flatMap({ UInt32(exactly: $0) }),
            lines.isAtEnd, size > 0 || root == MerkleTree().root
        else { throw .badText }
        self.init(
            organisation: organisation,
            have: have,
            acknowledgement: OutBundle.Acknowledgement(size: size, root: root),
            rowsDigest: digest,
            rowCount: count
        )
    }

    var text: [UInt8] {
        let size = Decimal.encode(acknowledgement.size)
        let lines = [
            label("out"),
            ascii("organisation ") + organisation.ascii,
            ascii("have ") + Decimal.encode(have),
            ascii("ack ") + size + [0x20] + acknowledgement.root.hex,
            ascii("rows ") + rowsDigest.hex + [0x20] + Decimal.encode(UInt64(rowCount)),
        ]
        return lines.reduce(into: []) { $0 += $1 + [0x0A] }
    }

    /// Reads as many rows as were signed, and holds them to their digest and order.
    func rows<Source: ByteSource>(from source: inout Source) throws(BundleError) -> [OutRow] {
        guard rowCount <= 1_000_000 else { throw .badManifest }
        let bytes = try source.exactly(Int(rowCount) * OutRow.count)
        guard Digest(of: bytes) == rowsDigest else { throw .rowsDigest }
        var reader = ByteReader(bytes)
        var rows: [OutRow] = []
        for _ in 0..<rowCount {
            guard let read = try? OutRow(from: &reader, desk: organisation) else {
                throw .badRow
            }
            if let last = rows.last {
                guard last.order.lexicographicallyPrecedes(read.order) else { throw .badRow }
            }
            rows.append(read)
        }
        return rows
    }
}
