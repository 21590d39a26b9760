import GRDB

/// The tables; a released migration is never edited, another one follows it.
///
/// Nothing here grows with arrival and no time is finer than a day: keys are tags, positions in
/// the public log, or random. What is not closed yet lies in `inbox`; a close copies it, in the
/// order of the log, and removes it in the order of random ids that nothing else knows any more, so
/// that the file's pages do not tell the order of arrival. Never is removed before all is copied:
/// else each copy would lie where another one came.
///
/// - `lost`: leaves whose object went with an older copy of the store and was not found again.
/// - `progress`: up to which position nothing of an organisation can become overdue, or has to be
///   removed, any more; it only saves time.
/// - `drop_filler`: what makes all shards of the drop equally long; `transfer_inbox.sender`: whose
///   an envelope is while it waits.
/// - `closing`: the one close that is under way, ``UnderwayClose``; leaves behind the newest
///   checkpoint are none yet.
/// - `ahead`: desks that know a longer log than this one, with the checkpoint that proves it.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
enum Schema {
    /// All migrations in order.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 log, inbox, replies, directory") { database in
            try database.execute(sql: log)
            try database.execute(sql: inbox)
            try database.execute(sql: exchange)
        }
        migrator.registerMigration("2 shards of replies", migrate: reduceShards)
        migrator.registerMigration("3 covers leave nothing") { database in
            try database.execute(sql: "DROP TABLE cover")
        }
        migrator.registerMigration("4 fillers of the drop, senders") { database in
            try database.execute(sql: drop)
            try DropLevel(database).run()
        }
        migrator.registerMigration("5 closes in pieces") { database in
            try database.execute(sql: closing)
        }
        return migrator
    }

    /// How many migrations this program knows.
    static var version: Int { migrator.migrations.count }

    /// Refuses a store that a newer program brought further: its rows may mean something else.
    /// - Throws: ``StoreError/newer(step:)``.
    static func check(_ database: Database) throws {
        let known = Set(migrator.migrations)
        let unknown = try migrator.appliedIdentifiers(database).subtracting(known)
        guard let step = unknown.max() else { return }
        throw StoreError.newer(step: step)
    }

    /// Replies keep their shard and of how many it is, no longer the whole byte of their thread.
    private static func reduceShards(_ database: Database) throws {
        let shards = Int(try InstalledDirectory.newest(in: database)?.directory.shards ?? 1)
        for table in ["reply", "reply_inbox"] {
            try database.execute(
                sql: "ALTER TABLE \(table) ADD COLUMN shards INTEGER NOT NULL DEFAULT 256"
            )
            try database.execute(
                sql: "UPDATE \(table) SET shard = shard % ?1, shards = ?1",
                arguments: [shards]
            )
        }
    }

    private static let log = """
        CREATE TABLE house (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            deployment BLOB NOT NULL,
            log_key BLOB NOT NULL,
            generation INTEGER NOT NULL,
            closed_through INTEGER NOT NULL,
            drop_seed BLOB NOT NULL
        ) STRICT;

        CREATE TABLE checkpoint (
            size INTEGER PRIMARY KEY,
            day INTEGER NOT NULL,
            subtrees BLOB NOT NULL,
            note BLOB NOT NULL
        ) STRICT;

        CREATE TABLE leaf (
            position INTEGER PRIMARY KEY,
            type INTEGER NOT NULL,
            organisation BLOB NOT NULL,
            tag BLOB NOT NULL,
            digest BLOB NOT NULL,
            day INTEGER NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX leaf_submission
        ON leaf (tag, organisation, digest)
        WHERE type = 1;

        CREATE UNIQUE INDEX leaf_reply
        ON leaf (tag, organisation)
        WHERE type = 2;

        CREATE INDEX leaf_directory
        ON leaf (position)
        WHERE type = 3;

        CREATE UNIQUE INDEX leaf_overdue
        ON leaf (tag, organisation, digest)
        WHERE type = 4;

        CREATE UNIQUE INDEX leaf_transferred
        ON leaf (organisation, tag)
        WHERE type = 5;

        CREATE UNIQUE INDEX leaf_acknowledgement
        ON leaf (organisation, tag)
        WHERE type = 7;

        CREATE UNIQUE INDEX leaf_withdrawal
        ON leaf (organisation, tag)
        WHERE type = 8;

        CREATE TABLE text_body (
            position INTEGER PRIMARY KEY REFERENCES leaf (position),
            body BLOB NOT NULL
        ) STRICT;

        CREATE TABLE piece (
            organisation BLOB NOT NULL,
            tag BLOB NOT NULL,
            digest BLOB NOT NULL,
            closed INTEGER NOT NULL REFERENCES checkpoint (size),
            day INTEGER NOT NULL,
            body INTEGER NOT NULL,
            PRIMARY KEY (organisation, tag)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX piece_close
        ON piece (organisation, closed);

        CREATE INDEX piece_digest
        ON piece (digest);

        CREATE TABLE piece_body (
            id INTEGER PRIMARY KEY,
            body BLOB NOT NULL
        ) STRICT;

        CREATE TABLE lost (
            position INTEGER PRIMARY KEY REFERENCES leaf (position)
        ) STRICT;

        CREATE TABLE progress (
            organisation BLOB NOT NULL PRIMARY KEY,
            overdue INTEGER NOT NULL,
            swept INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let inbox = """
        CREATE TABLE inbox (
            organisation BLOB NOT NULL,
            tag BLOB NOT NULL,
            class INTEGER NOT NULL CHECK (class IN (1, 2)),
            day INTEGER NOT NULL,
            digest BLOB NOT NULL,
            body INTEGER NOT NULL,
            PRIMARY KEY (organisation, tag)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE inbox_body (
            id INTEGER PRIMARY KEY,
            body BLOB NOT NULL
        ) STRICT;

        CREATE TABLE cover (
            class INTEGER PRIMARY KEY,
            zeros BLOB NOT NULL
        ) STRICT;
        """

    private static let exchange = """
        CREATE TABLE directory (
            serial INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            note BLOB NOT NULL
        ) STRICT;

        CREATE TABLE acknowledgement (
            organisation BLOB NOT NULL PRIMARY KEY,
            have INTEGER NOT NULL,
            size INTEGER NOT NULL,
            logged INTEGER NOT NULL,
            note BLOB
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reply_inbox (
            organisation BLOB NOT NULL,
            tag BLOB NOT NULL,
            shard INTEGER NOT NULL,
            digest BLOB NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (organisation, tag)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX reply_inbox_tag
        ON reply_inbox (tag);

        CREATE TABLE transfer_inbox (
            organisation BLOB NOT NULL,
            tag BLOB NOT NULL,
            digest BLOB NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (organisation, tag)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE withdrawal_inbox (
            organisation BLOB NOT NULL,
            tag BLOB NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (organisation, tag)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE wanted (
            organisation BLOB NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (organisation, digest)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ahead (
            organisation BLOB NOT NULL PRIMARY KEY,
            size INTEGER NOT NULL,
            note BLOB
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE reply (
            position INTEGER PRIMARY KEY REFERENCES leaf (position),
            shard INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        """

    private static let drop = """
        CREATE TABLE drop_filler (
            id INTEGER PRIMARY KEY,
            shards INTEGER NOT NULL,
            shard INTEGER NOT NULL,
            tag BLOB NOT NULL UNIQUE,
            body BLOB NOT NULL
        ) STRICT;

        CREATE INDEX drop_filler_place
        ON drop_filler (shards, shard);

        CREATE INDEX reply_place
        ON reply (shards, shard);

        ALTER TABLE transfer_inbox
        ADD COLUMN sender BLOB NOT NULL DEFAULT X'';
        """

    private static let closing = """
        CREATE TABLE closing (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            size INTEGER NOT NULL,
            day INTEGER NOT NULL
        ) STRICT;
        """
}
