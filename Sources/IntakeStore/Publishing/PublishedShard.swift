import GRDB
import SealedIntake

/// One shard of the drop: how long it is, and its bytes part by part.
///
/// It is never whole in memory, however long desks make it. Its bytes are those of one state of the
/// drop; a close in between ends the reading.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.3.
public struct PublishedShard: Sendable {
    /// How many entries are read at a time.
    static let entriesOfPart = 8

    private let pool: DatabasePool
    private let state: [UInt8]
    /// Where the entries lie, in the order of their tags: a reply at its index, a filler at its
    /// id below zero.
    private let places: [Int64]

    /// The places of a shard, or nil where the directory has no such shard.
    init?(_ number: Int, in database: Database, pool: DatabasePool) throws {
        let count = Int(try InstalledDirectory.newest(in: database)?.directory.shards ?? 1)
        guard number < count else { return nil }
        self.pool = pool
        state = try House.fetch(from: database).dropState
        var found: [(tag: [UInt8], place: Int64)] = []
        for known in try Int.fetchAll(database, sql: Self.known)
        where DropPlacement.isPossible(0, of: known) {
            for shard in DropPlacement.shards(of: number, among: count, count: known) {
                let statement = try database.cachedStatement(sql: Self.entries)
                let rows = try Row.fetchCursor(statement, arguments: [known, shard])
                while let row = try rows.next() { found.append((row.bytes(0), row[1])) }
            }
        }
        found.sort { $0.tag.lexicographicallyPrecedes($1.tag) }
        places = found.map(\.place)
    }

    /// How many entries it has: every shard as many.
    public var entryCount: Int { places.count }

    /// Its length in bytes.
    public var count: Int { Drop.size(entries: places.count) }

    /// In how many parts it is read; at least one.
    public var partCount: Int { max(1, (places.count - 1) / Self.entriesOfPart + 1) }

    /// The bytes of a part, in the order of the parts.
    /// - Throws: ``StoreError/dropChanged`` when a close came in between.
    public func part(_ number: Int) throws -> [UInt8] {
        try storing {
            try pool.read { database in
                guard try House.fetch(from: database).dropState == state else {
                    throw StoreError.dropChanged
                }
                var bytes = number == 0 ? Drop.head(entries: places.count) : []
                let first = number * Self.entriesOfPart
                for place in places.dropFirst(first).prefix(Self.entriesOfPart) {
                    bytes += try Self.entry(at: place, in: database)
                }
                return bytes
            }
        }
    }

    private static func entry(at place: Int64, in database: Database) throws -> [UInt8] {
        let statement = try database.cachedStatement(sql: place < 0 ? filler : reply)
        let row = try Row.fetchOne(statement, arguments: [abs(place)])
        guard let row else { throw StoreError.damaged(.dropEntry) }
        // A body that was cut or grew is one reply that nobody can open, not a shard that nobody gets.
        let size = EnvelopeClass.reply.size
        let body = row.bytes(1).prefix(size)
        return row.bytes(0) + body + [UInt8](repeating: 0, count: size - body.count)
    }

    private static let known = """
        SELECT DISTINCT shards
        FROM reply
        UNION
        SELECT DISTINCT shards
        FROM drop_filler
        """

    private static let entries = """
        SELECT leaf.tag, reply.position
        FROM reply
        JOIN leaf ON leaf.position = reply.position
        WHERE reply.shards = ?1 AND reply.shard = ?2
        UNION ALL
        SELECT tag, -id
        FROM drop_filler
        WHERE shards = ?1 AND shard = ?2
        """

    private static let reply = """
        SELECT leaf.tag, reply.body
        FROM reply
        JOIN leaf ON leaf.position = reply.position
        WHERE reply.position = ?
        """

    private static let filler = """
        SELECT tag, body
        FROM drop_filler
        WHERE id = ?
        """
}
