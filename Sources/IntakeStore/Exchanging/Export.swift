import GRDB
import IntakeConsole
import SealedIntake

/// One in-bundle, from one state of the store.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
struct Export {
    private let database: Database
    private let organisation: OrganisationID
    private let directory: Directory
    private let newest: StoredCheckpoint
    private let before: MerkleTree

    /// Begins at `from`, or where the desk stands, or at the first leaf that is left.
    init(_ database: Database, organisation: OrganisationID, from: UInt64?) throws {
        guard let directory = try InstalledDirectory.newest(in: database)?.directory else {
            throw StoreError.noDirectory
        }
        guard directory.organisation(organisation) != nil else {
            throw StoreError.unknownOrganisation(organisation.description)
        }
        self.database = database
        self.organisation = organisation
        self.directory = directory
        newest = try StoredCheckpoint.newest(in: database)
        let log = LogReader(database)
        let first = try log.firstHeld()
        let have = try Acknowledgement.fetch(organisation, in: database)?.have ?? 0
        let start = from ?? max(have, first)
        guard start <= newest.tree.size else {
            throw StoreError.beyondLog(asked: start, size: newest.tree.size)
        }
        guard start >= first else { throw StoreError.erased(asked: start, first: first) }
        before = try log.tree(of: start)
    }

    /// Streams the file, which gets its name only when it is whole.
    func write(to path: String, logKey: LogKey) throws -> ExportReport {
        let leaves = try leafEntries()
        let pieces = try ExportedPiece.all(
            for: organisation,
            after: before.size,
            upTo: newest.tree.size,
            in: database
        )
        let head = InBundle.head(
            checkpoint: try logKey.verified(newest.note),
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
            let object = try body("SELECT body FROM piece_body WHERE id = ?", piece.body)
            try file.write(object)
            bytes += UInt64(object.count)
        }
        try file.finish()
        return report(leaves.map(\.row), pieces, bytes: bytes)
    }

    /// A leaf with the place of its object.
    private struct Entry {
        let row: InBundle.LeafRow
        /// Where its envelope lies, or nil.
        let envelope: Int64?
    }

    private func report(
        _ leaves: [InBundle.LeafRow],
        _ pieces: [ExportedPiece],
        bytes: UInt64
    ) -> ExportReport {
        let own = leaves.filter {
            $0.leaf.type.hasEnvelope && $0.leaf.organisation == organisation
        }
        return ExportReport(
            from: before.size,
            to: newest.tree.size,
            objects: leaves.count { $0.size > 0 } + pieces.count { $0.row.size > 0 },
            missing: own.count { $0.size == 0 } + pieces.count { $0.row.size == 0 },
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
    private func leafEntries() throws -> [Entry] {
        var entries: [Entry] = []
        try LogReader(database).leaves(from: before.size, to: newest.tree.size) { place, leaf in
            entries.append(try entry(for: leaf, at: place))
        }
        return entries
    }

    private func entry(for leaf: Leaf, at index: UInt64) throws -> Entry {
        if leaf.type == .directory {
            let query = "SELECT LENGTH(note) FROM directory WHERE digest = ?"
            let size = try UInt32.fetchOne(database, sql: query, arguments: [Blob(leaf.digest)])
            return Entry(row: InBundle.LeafRow(leaf: leaf, size: size ?? 0), envelope: nil)
        }
        guard leaf.type.hasEnvelope, leaf.organisation == organisation,
            let place = try envelope(of: leaf, at: index)
        else { return Entry(row: InBundle.LeafRow(leaf: leaf, size: 0), envelope: nil) }
        let size = UInt32(EnvelopeClass.text.size)
        return Entry(row: InBundle.LeafRow(leaf: leaf, size: size), envelope: place)
    }

    /// Where the envelope of a leaf lies; that of an overdue one lies at its type 1 leaf.
    private func envelope(of leaf: Leaf, at index: UInt64) throws -> Int64? {
        guard leaf.type == .overdue else {
            return try Int64.fetchOne(
                try database.cachedStatement(
                    sql: "SELECT position FROM text_body WHERE position = ?"
                ),
                arguments: [index.column]
            )
        }
        return try Int64.fetchOne(
            try database.cachedStatement(sql: Self.overdueEnvelope),
            arguments: [Blob(leaf.tag), Blob(leaf.digest)]
        )
    }

    private func object(of entry: Entry) throws -> [UInt8]? {
        guard entry.row.size > 0 else { return nil }
        guard let envelope = entry.envelope else {
            let query = "SELECT note FROM directory WHERE digest = ?"
            return try body(query, Blob(entry.row.leaf.digest))
        }
        return try body("SELECT body FROM text_body WHERE position = ?", envelope)
    }

    private func body(_ query: String, _ key: some DatabaseValueConvertible) throws -> [UInt8] {
        let statement = try database.cachedStatement(sql: query)
        guard let blob = try Blob.fetchOne(statement, arguments: [key]) else {
            throw StoreError.damaged(.objectGone)
        }
        return blob.bytes
    }

    private static let overdueEnvelope = """
        SELECT text_body.position
        FROM leaf
        JOIN text_body ON text_body.position = leaf.position
        WHERE leaf.type = 1 AND leaf.tag = ? AND leaf.digest = ?
        LIMIT 1
        """
}

extension LeafType {
    /// Whether a text envelope belongs to it.
    var hasEnvelope: Bool { self == .submission || self == .overdue || self == .transferred }
}
