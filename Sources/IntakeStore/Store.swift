import GRDB
import IntakeConsole
import SealedIntake
import Synchronization

/// The server's memory: one SQLite file of ciphertext, nothing about who sent it.
///
/// What was answered as stored is on the disk. Several processes may use the file at once.
/// - SeeAlso: `docs/spec/protocol.md`, sections 7, 8 and 12.
public final class Store: Sendable {
    /// How many steps the tables of a store have come, for people who compare programs.
    public static var schema: Int { Schema.version }

    /// The deployment's host name.
    public let deployment: [UInt8]

    let pool: DatabasePool
    let limits: Limits
    let traffic: Traffic
    let challengeKey = ChallengeKey.random()
    let tickets: SpentTickets
    let turnstile: Turnstile
    let space: FreeSpace
    let groupCommit: GroupCommit
    let timekeeper: Timekeeper
    let rest: @Sendable (Duration) -> Void
    let newestPiece = Mutex<ContinuousClock.Instant?>(nil)
    let current: Mutex<Publication>

    private let trace = Mutex<FileTrace?>(nil)

    private init(pool: DatabasePool, limits: Limits, surroundings: Surroundings) throws {
        self.pool = pool
        self.limits = limits
        traffic = Traffic(
            before: try pool.read(Inbox.waitingTexts),
            offset: surroundings.offset
        )
        tickets = SpentTickets(limit: limits.tickets)
        turnstile = Turnstile(width: limits.stampsAtOnce, limit: limits.waitingStamps)
        space = FreeSpace(
            path: pool.path,
            least: limits.leastFreeBytes,
            measure: surroundings.freeBytes
        )
        groupCommit = GroupCommit(
            pool: pool,
            limits: limits,
            randomID: surroundings.randomID
        )
        rest = surroundings.rest
        timekeeper = Timekeeper(file: TimeFile(beside: pool.path), running: surroundings.running)
        timekeeper.learn(try pool.read(timekeeper.known))
        let publication = try pool.read { try Publication(from: $0) }
        deployment = publication.deployment
        current = Mutex(publication)
    }

    /// Makes the file of a new store and signs the tree of size 0.
    ///
    /// Nothing before `today` is open.
    /// - Throws: ``StoreError/exists(_:)``, ``StoreError/database(_:)``.
    public static func create(
        at path: String,
        deployment: [UInt8],
        logKey: LogKey,
        today: Day
    ) throws -> VerifiedCheckpoint {
        guard try !PlainFile.exists(path) else { throw StoreError.exists(path) }
        let tree = MerkleTree()
        let checkpoint = Checkpoint(origin: deployment, size: 0, root: tree.root)
        let note = logKey.signer.note(checkpoint.text)
        let house = House(
            deployment: deployment,
            logKey: logKey.verifierKey.text,
            generation: 1,
            closedThrough: today.previous,
            dropState: Tag.random().bytes + Tag.random().bytes
        )
        try PlainFile.create(path, with: [], mode: 0o600)
        try storing {
            let pool = try DatabaseFile.open(path)
            try pool.write { database in
                try house.insert(into: database)
                try StoredCheckpoint(day: today.previous, tree: tree, note: note)
                    .insert(into: database)
            }
            try pool.close()
        }
        // Nobody knows the hour at which it was made: till noon.
        let noon = today.number * UnixTime.hoursOfDay + UnixTime.hoursOfDay / 2
        try TimeFile(beside: path).write(noon)
        return try logKey.verified(note)
    }

    /// Opens the file of a store.
    ///
    /// - Throws: ``StoreError/missing(_:)``, ``StoreError/database(_:)``,
    ///   ``StoreError/damaged(_:)``.
    public static func open(
        at path: String,
        limits: Limits = Limits(),
        surroundings: Surroundings = Surroundings()
    ) throws -> Store {
        guard try PlainFile.exists(path) else { throw StoreError.missing(path) }
        return try storing {
            let pool = try DatabaseFile.open(path)
            if try pool.read({ try DirectoryMending($0).isNeeded() }) {
                try pool.write { try DirectoryMending($0).run() }
            }
            return try Store(pool: pool, limits: limits, surroundings: surroundings)
        }
    }

    /// Ends all work on the file and folds its log into it.
    /// - Throws: ``StoreError/database(_:)`` when something still uses it.
    public func close() throws {
        try storing { try pool.close() }
    }

    /// Refuses a log key that is not the one of this store; one that succeeds it is taken up when
    /// the directory lists it.
    /// - Throws: ``StoreError/otherLogKey``, ``StoreError/logKeyNotListed``.
    public func check(_ logKey: LogKey) throws {
        let house = try storing { try pool.read(House.fetch) }
        guard house.logKey != logKey.verifierKey.text || house.deployment != deployment else {
            return
        }
        guard house.deployment == deployment,
            logKey.before.contains(where: { $0.text == house.logKey })
        else { throw StoreError.otherLogKey }
        let listed = try newestPublication().directory?.directory.logKeys ?? []
        guard listed.contains(logKey.verifierKey) else { throw StoreError.logKeyNotListed }
        try storing {
            try pool.write { database in
                try database.execute(
                    sql: "UPDATE house SET log_key = ?",
                    arguments: [Blob(logKey.verifierKey.text)]
                )
            }
        }
    }

    /// Refuses a promise key that the directory in force does not list; before there is one every
    /// key will do.
    /// - Throws: ``StoreError/promiseKeyNotListed``.
    public func check(_ promiseKey: PromiseKey) throws {
        guard let directory = try newestPublication().directory?.directory else { return }
        guard directory.promiseKeys.contains(promiseKey.verifierKey) else {
            throw StoreError.promiseKeyNotListed
        }
    }

    /// What is public now, as ready bytes.
    public var publication: Publication {
        current.withLock { $0 }
    }

    /// A shard of the drop as it is now, or nil where the directory has none of that number.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    public func shard(_ number: Int) throws -> PublishedShard? {
        try storing {
            try pool.read { database in
                try PublishedShard(number, in: database, pool: pool)
            }
        }
    }

    /// What is public now, also when another process changed it a moment ago.
    ///
    /// Costs one look at SQLite's log while nobody writes.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    public func newestPublication() throws -> Publication {
        let seen = FileTrace(pool.path + "-wal")
        guard trace.withLock({ $0 }) != seen else { return publication }
        try refresh()
        trace.withLock { $0 = seen }
        return publication
    }

    /// Takes up what this or another process made public since.
    ///
    /// Returns whether anything changed.
    /// - Throws: ``StoreError/database(_:)``, ``StoreError/damaged(_:)``.
    @discardableResult
    public func refresh() throws -> Bool {
        let known = publication
        let fresh: Publication? = try storing {
            try pool.read { database in
                let house = try House.fetch(from: database)
                guard house.generation != known.generation else { return nil }
                return try Publication(from: database, since: known)
            }
        }
        guard let fresh else { return false }
        return current.withLock { current in
            guard fresh.generation > current.generation else { return false }
            current = fresh
            return true
        }
    }
}

extension LogKey {
    /// A checkpoint of this log, verified.
    /// - Throws: ``StoreError/damaged(_:)`` when it is not.
    func verified(_ note: SignedNote) throws -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: signer.name,
                logKeys: verifierKeys
            )
        } catch {
            throw StoreError.damaged(.checkpointNotSigned)
        }
    }
}
