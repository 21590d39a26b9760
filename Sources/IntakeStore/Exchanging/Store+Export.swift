import GRDB
import SealedIntake

extension Store {
    /// Writes the in-bundle for an organisation: from `from`, or from what its desk said it has,
    /// up to the newest checkpoint.
    ///
    /// The objects are streamed; the file gets its name only when it is whole.
    /// - Throws: ``StoreError/unknownOrganisation(_:)``, ``StoreError/beyondLog(asked:size:)``.
    public func export(
        for organisation: OrganisationID,
        from: UInt64? = nil,
        to path: String,
        logKey: LogKey
    ) throws(StoreError) -> ExportReport {
        try check(logKey)
        return try storing {
            try pool.read { database in
                let export = try Export(database, organisation: organisation, from: from)
                return try export.write(to: path, logKey: logKey)
            }
        }
    }
}

/// One in-bundle, from one state of the store.
private struct Export {
    let database: Database
    let organisation: OrganisationID
    let newest: StoredCheckpoint
    let before: MerkleTree

    init(_ database: Database, organisation: OrganisationID, from: UInt64?) throws {
        guard let directory = try InstalledDirectory.newest(in: database)?.directory else {
            throw StoreError.noDirectory
        }
        guard directory.organisation(organisation) != nil else {
            throw StoreError.unknownOrganisation(organisation.description)
        }
        self.database = database
        self.organisation = organisation
        newest = try StoredCheckpoint.newest(in: database)
        let start = try from ?? Acknowledgement.fetch(organisation, in: database)?.have ?? 0
        guard start <= newest.tree.size else {
            throw StoreError.beyondLog(asked: start, size: newest.tree.size)
        }
        before = try LogReader(database).tree(of: start)
    }

    func write(to path: String, logKey: LogKey) throws -> ExportReport {
        let leaves = try leafRows()
        let pieces = try pieceRows()
        let head = InBundle.head(
            checkpoint: try logKey.verified(newest.note),
            organisation: organisation,
            before: before,
            leaves: leaves,
            pieces: pieces.map(\.row),
            signer: logKey.signer
        )
        var file = try DurableFileWriter(path)
        try file.write(head)
        var bytes = UInt64(head.count)
        for (place, row) in leaves.enumerated() where row.size > 0 {
            let object = try object(of: row, at: before.size + UInt64(place))
            try file.write(object)
            bytes += UInt64(object.count)
        }
        for piece in pieces where piece.row.size > 0 {
            let object = try body(
                "SELECT body FROM piece_body WHERE id = ?",
                piece.body
            )
            try file.write(object)
            bytes += UInt64(object.count)
        }
        try file.finish()
        return report(leaves, pieces, bytes: bytes)
    }

    private func report(
        _ leaves: [InBundle.LeafRow],
        _ pieces: [Piece],
        bytes: UInt64
    ) -> ExportReport {
        let own = leaves.filter {
            $0.leaf.type == .submission && $0.leaf.organisation == organisation
        }
        return ExportReport(
            from: before.size,
            to: newest.tree.size,
            objects: leaves.count { $0.size > 0 } + pieces.count { $0.row.size > 0 },
            missing: own.count { $0.size == 0 } + pieces.count { $0.row.size == 0 },
            bytes: bytes
        )
    }

    /// Every leaf; the size of what travels with it.
    private func leafRows() throws -> [InBundle.LeafRow] {
        var rows: [InBundle.LeafRow] = []
        try LogReader(database).leaves(from: before.size, to: newest.tree.size) { _, leaf in
            rows.append(InBundle.LeafRow(leaf: leaf, size: try size(of: leaf)))
        }
        return rows
    }

    private func size(of leaf: Leaf) throws -> UInt32 {
        let query: String
        let key: Blob
        switch leaf.type {
        case .submission where leaf.organisation == organisation:
            query = """
                SELECT LENGTH(text_body.body)
                FROM leaf
                JOIN text_body ON text_body.position = leaf.position
                WHERE leaf.type = 1 AND leaf.organisation = ?1 AND leaf.tag = ?2
                """
            key = Blob(leaf.tag)
        case .directory:
            query = "SELECT LENGTH(note) FROM directory WHERE ?1 IS NOT NULL AND digest = ?2"
            key = Blob(leaf.digest)
        case .submission, .reply, .overdue, .transferred, .dayEnd, .acknowledgement,
            .withdrawal:
            return 0
        }
        let arguments: StatementArguments = [Blob(leaf.organisation), key]
        let length = try Int64.fetchOne(
            try database.cachedStatement(sql: query),
            arguments: arguments
        )
        return UInt32(clamping: length ?? 0)
    }

    private func object(of row: InBundle.LeafRow, at position: UInt64) throws -> [UInt8] {
        row.leaf.type == .directory
            ? try body("SELECT note FROM directory WHERE digest = ?", Blob(row.leaf.digest))
            : try body("SELECT body FROM text_body WHERE position = ?", position.column)
    }

    private func body(_ query: String, _ key: some DatabaseValueConvertible) throws -> [UInt8] {
        let statement = try database.cachedStatement(sql: query)
        guard let blob = try Blob.fetchOne(statement, arguments: [key]) else {
            throw StoreError.damaged("an object is gone while it was exported")
        }
        return blob.bytes
    }

    private struct Piece {
        let row: InBundle.PieceRow
        let body: Int64
    }

    /// The pieces of the closes in the range, each digest once.
    private func pieceRows() throws -> [Piece] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT piece.digest, MIN(piece.body), LENGTH(piece_body.body)
                FROM piece
                LEFT JOIN piece_body ON piece_body.id = piece.body
                WHERE piece.organisation = ? AND piece.closed > ? AND piece.closed <= ?
                GROUP BY piece.digest
                ORDER BY piece.digest
                """,
            arguments: [Blob(organisation), before.size.column, newest.tree.size.column]
        )
        return try rows.map { row in
            let length: Int64? = row[2]
            return Piece(
                row: InBundle.PieceRow(
                    digest: try row.fixed(0),
                    size: UInt32(clamping: length ?? 0)
                ),
                body: row[1]
            )
        }
    }
}
