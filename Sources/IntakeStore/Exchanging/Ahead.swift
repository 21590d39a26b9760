import GRDB
import SealedIntake

/// A desk that knows a longer log than this store has: then the store was restored from an older
/// copy, and would sign another tree of a size that was signed before.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
struct Ahead {
    /// Whose.
    let organisation: OrganisationID
    /// How many leaves the desk knows.
    let size: UInt64
    /// The longer checkpoint with the log's own signature; nil where the desk only says so.
    let checkpoint: Checkpoint?

    /// All of them, in the order of their names.
    static func all(in database: Database) throws -> [Ahead] {
        let query = "SELECT organisation, size, note FROM ahead ORDER BY organisation"
        return try Row.fetchAll(database, sql: query).map { row in
            let blob: Blob? = row[2]
            let checkpoint = try blob.map { blob in
                guard let note = try? SignedNote(bytes: blob.bytes),
                    let checkpoint = try? Checkpoint(text: note.text)
                else { throw StoreError.damaged(.aheadUnreadable) }
                return checkpoint
            }
            return Ahead(
                organisation: try row.organisation(0),
                size: row.index(1),
                checkpoint: checkpoint
            )
        }
    }

    /// Refuses to go on while a desk is ahead.
    ///
    /// A desk that only said so, and is not listed any more, stops nobody.
    /// - Throws: ``StoreError/behindDesk(_:has:knows:)``.
    static func check(_ database: Database) throws {
        let directory = try InstalledDirectory.newest(in: database)?.directory
        let newest = try StoredCheckpoint.newest(in: database).tree.size
        for ahead in try all(in: database) where ahead.size > newest {
            let isListed = directory?.organisation(ahead.organisation) != nil
            guard isListed || ahead.checkpoint != nil else { continue }
            throw StoreError.behindDesk(
                ahead.organisation.description,
                has: newest,
                knows: ahead.size
            )
        }
    }

    /// Forgets what the store has reached.
    /// - Throws: ``StoreError/leaves(_:)`` when the log signed another tree of a size it has now.
    static func settle(in database: Database) throws {
        let newest = try StoredCheckpoint.newest(in: database).tree.size
        for ahead in try all(in: database) {
            guard let signed = ahead.checkpoint, signed.size <= newest else { continue }
            guard try LogReader(database).tree(of: signed.size).root == signed.root else {
                throw StoreError.leaves(.otherTree(ahead.organisation, signed.size))
            }
            try database.execute(
                sql: "UPDATE ahead SET note = NULL WHERE organisation = ?",
                arguments: [Blob(ahead.organisation)]
            )
        }
        try database.execute(
            sql: "DELETE FROM ahead WHERE size <= ?",
            arguments: [newest.column]
        )
    }

    /// Notes what a bundle says; returns the longer size, or nil when the desk is not ahead.
    ///
    /// A checkpoint that the log signed stays until the store has it. What a desk only says is
    /// replaced by its next bundle.
    static func update(
        from bundle: OutBundle,
        size: UInt64,
        in database: Database
    ) throws -> UInt64? {
        let signed = bundle.checkpoint.checkpoint.size
        let known = try all(in: database).first { $0.organisation == bundle.organisation }
        let proven = known?.checkpoint?.size ?? 0
        if signed > max(size, proven) {
            try Ahead.save(
                bundle.organisation,
                max(signed, bundle.have),
                bundle.checkpoint.note,
                in: database
            )
        } else if proven <= size {
            try database.execute(
                sql: "DELETE FROM ahead WHERE organisation = ?",
                arguments: [Blob(bundle.organisation)]
            )
            if bundle.have > size {
                try Ahead.save(bundle.organisation, bundle.have, nil, in: database)
            }
        }
        let now = try all(in: database).first { $0.organisation == bundle.organisation }
        return now?.size
    }

    private static func save(
        _ organisation: OrganisationID,
        _ size: UInt64,
        _ note: SignedNote?,
        in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO ahead (organisation, size, note)
                VALUES (?, ?, ?)
                """,
            arguments: [Blob(organisation), size.column, (note?.bytes).map { Blob($0) }]
        )
    }
}
