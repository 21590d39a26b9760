import GRDB
import IntakeConsole
import SealedIntake

/// One in-bundle, from one state of the store.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
struct Export {
    private let database: Database
    private let organisation: OrganisationID
    private let directory: Directory
    private let last: StoredCheckpoint
    /// Leaves behind it, for the next file.
    private let left: UInt64
    private let before: MerkleTree
    /// Leaves whose envelope or directory lies here and is not the one that was logged.
    private var damaged: [UInt64] = []
    private var mending = BitMending()

    /// Begins at `from`, or where the desk stands, or at the first leaf that is left; ends at the
    /// newest checkpoint up to which the file has at most so many bytes.
    init(
        _ database: Database,
        organisation: OrganisationID,
        from: UInt64?,
        most: UInt64
    ) throws {
        guard let directory = try InstalledDirectory.newest(in: database)?.directory else {
            throw StoreError.noDirectory
        }
        guard directory.organisation(organisation) != nil else {
            throw StoreError.unknownOrganisation(organisation.description)
        }
        self.database = database
        self.organisation = organisation
        self.directory = directory
        let size = try StoredCheckpoint.newest(in: database).tree.size
        let log = LogReader(database)
        let first = try log.firstHeld()
        let have = try Acknowledgement.fetch(organisation, in: database)?.have ?? 0
        let start = from ?? max(have, first)
        guard start <= size else { throw StoreError.beyondLog(asked: start, size: size) }
        guard start >= first else { throw StoreError.erased(asked: start, first: first) }
        let end = ExportEnd(database: database, organisation: organisation, start: start)
        last = try end.checkpoint(fitting: most)
        left = size - last.tree.size
        before = try log.tree(of: start)
    }

    /// Streams the file, which gets its name only when it is whole.
    mutating func write(to path: String, logKey: LogKey) throws -> ExportReport {
        let leaves = try leafEntries()
        let pieces = try ExportedPiece.all(
            for: organisation,
            after: before.size,
            upTo: last.tree.size,
            in: database
        )
        let head = InBundle.head(
            checkpoint: try checkpoint(logKey),
            organisation: organisation,
            before: before,
            leaves: leaves.map(\.row),
            pieces: pieces.map(\.row),
            witnesses: try witnesses(),
            signer: logKey.signer
        )
        var file = try PlainFileWriter(path, mode: 0o600)
        try file.write(head)
        var bytes = UInt64(head.count)
        for entry in leaves {
            guard let object = try object(of: entry) else { continue }
            try file.write(object)
            bytes += UInt64(object.count)
        }
        for piece in pieces where piece.row.size > 0 {
            guard let object = try piece.bytes(in: database) else {
                throw StoreError.damaged(.objectGone)
            }
            try file.write(object)
            bytes += UInt64(object.count)
        }
        try file.finish()
        return report(leaves.map(\.row), pieces, bytes: bytes)
    }

    /// Where the file ends; signed anew where that is not the newest, as an earlier key may have
    /// signed it.
    private func checkpoint(_ logKey: LogKey) throws -> VerifiedCheckpoint {
        guard left > 0 else { return try logKey.verified(last.note) }
        let text = Checkpoint(
            origin: logKey.signer.name,
            size: last.tree.size,
            root: last.tree.root
        ).text
        return try logKey.verified(logKey.signer.note(text))
    }

    /// A leaf with the place of its object.
    private struct Entry {
        let row: InBundle.LeafRow
        /// Where its envelope lies, or nil.
        let envelope: UInt64?
    }

    private func report(
        _ leaves: [InBundle.LeafRow],
        _ pieces: [ExportedPiece],
        bytes: UInt64
    ) -> ExportReport {
        let own = leaves.filter { row in
            row.leaf.type == .directory
                || row.leaf.type.hasEnvelope && row.leaf.organisation == organisation
        }
        return ExportReport(
            from: before.size,
            to: last.tree.size,
            left: left,
            objects: leaves.count { $0.size > 0 } + pieces.count { $0.row.size > 0 },
            missing: own.count { $0.size == 0 } + pieces.count { $0.row.size == 0 },
            damaged: damaged,
            bytes: bytes
        )
    }

    /// The newest checkpoint that each organisation cosigned, in the directory's order: of the
    /// others so that all see one log, of its own so that a desk put back from a copy knows what it
    /// gave.
    private func witnesses() throws -> [SignedNote] {
        try directory.organisations.compactMap {
            try Acknowledgement.fetch($0.id, in: database)?.note
        }
    }

    /// Every leaf; the size of what travels with it.
    private mutating func leafEntries() throws -> [Entry] {
        var entries: [Entry] = []
        try LogReader(database).leaves(from: before.size, to: last.tree.size) { place, leaf in
            entries.append(try entry(for: leaf, at: place))
        }
        return entries
    }

    private mutating func entry(for leaf: Leaf, at index: UInt64) throws -> Entry {
        let nothing = Entry(row: InBundle.LeafRow(leaf: leaf, size: 0), envelope: nil)
        if leaf.type == .directory {
            guard let note = try directory(leaf) else {
                damaged.append(index)
                return nothing
            }
            return Entry(
                row: InBundle.LeafRow(leaf: leaf, size: UInt32(note.count)),
                envelope: nil
            )
        }
        guard leaf.type.hasEnvelope, leaf.organisation == organisation else { return nothing }
        let places = try places(of: leaf, at: index)
        for place in places where try text(at: place, leaf.digest) != nil {
            let size = UInt32(EnvelopeClass.text.size)
            return Entry(row: InBundle.LeafRow(leaf: leaf, size: size), envelope: place)
        }
        if let place = places.first { damaged.append(place) }
        return nothing
    }

    /// The envelope at an index, held to the digest that is logged; nil where it is another.
    ///
    /// One wrong object in it, and a desk refuses the whole bundle, with all that is right.
    private mutating func text(at index: UInt64, _ digest: Digest) throws -> [UInt8]? {
        let query = "SELECT body FROM text_body WHERE position = ?"
        let statement = try database.cachedStatement(sql: query)
        guard let body = try Blob.fetchOne(statement, arguments: [index.column]) else { return nil }
        return mending.whole(body.bytes, digest, size: EnvelopeClass.text.size)
    }

    /// The note of a directory whose text has the digest that is logged.
    private func directory(_ leaf: Leaf) throws -> [UInt8]? {
        let query = "SELECT note FROM directory WHERE digest = ?"
        let statement = try database.cachedStatement(sql: query)
        let note = try Blob.fetchOne(statement, arguments: [Blob(leaf.digest)])?.bytes
        return note.flatMap { (try? SignedNote(bytes: $0))?.digest == leaf.digest ? $0 : nil }
    }

    /// Where the envelope of a leaf lies; that of an overdue one lies at its type 1 leaves.
    private func places(of leaf: Leaf, at index: UInt64) throws -> [UInt64] {
        let (query, arguments): (String, StatementArguments) =
            leaf.type == .overdue
            ? (Self.overdueEnvelopes, [Blob(leaf.tag), Blob(leaf.digest)])
            : ("SELECT position FROM text_body WHERE position = ?", [index.column])
        let statement = try database.cachedStatement(sql: query)
        return try Row.fetchAll(statement, arguments: arguments).map { $0.index(0) }
    }

    private mutating func object(of entry: Entry) throws -> [UInt8]? {
        guard entry.row.size > 0 else { return nil }
        let leaf = entry.row.leaf
        let bytes = try entry.envelope.map { try text(at: $0, leaf.digest) } ?? directory(leaf)
        guard let bytes, bytes.count == Int(entry.row.size) else {
            throw StoreError.damaged(.objectGone)
        }
        return bytes
    }

    private static let overdueEnvelopes = """
        SELECT text_body.position
        FROM leaf
        JOIN text_body ON text_body.position = leaf.position
        WHERE leaf.type = 1 AND leaf.tag = ? AND leaf.digest = ?
        """
}

extension LeafType {
    /// Whether a text envelope belongs to it.
    var hasEnvelope: Bool { self == .submission || self == .overdue || self == .transferred }
}
