import GRDB
import SealedIntake

/// Makes all shards of the drop as long as the one with most replies, inside the transaction that
/// changed it.
///
/// A filler stays as it is from close to close, until a reply takes its place or no shard is as
/// long any more. Nothing more is hidden by it: which entries are replies stands in the log.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.3.
struct DropLevel {
    private let database: Database
    private let shards: Int

    init(_ database: Database) throws {
        self.database = database
        shards = Int(try InstalledDirectory.newest(in: database)?.directory.shards ?? 1)
    }

    /// Adds what is missing and takes away what is too much; returns whether anything was.
    @discardableResult
    func run() throws -> Bool {
        try database.execute(
            sql: "DELETE FROM drop_filler WHERE shards <> ?",
            arguments: [shards]
        )
        var isChanged = database.changesCount > 0
        for (shard, missing) in try missing().enumerated() where missing != 0 {
            isChanged = true
            for _ in 0..<max(0, missing) { try add(to: shard) }
            try database.cachedStatement(sql: Self.removeFillers)
                .execute(arguments: [shards, shard, max(0, -missing)])
        }
        return isChanged
    }

    /// Whether nothing is missing or too much.
    func isLevel() throws -> Bool { try missing().allSatisfy { $0 == 0 } }

    /// How many fillers each shard lacks, below zero where it has too many.
    private func missing() throws -> [Int] {
        let replies = try counts(Self.replies)
        let fillers = try counts(Self.fillers)
        let longest = replies.max() ?? 0
        return zip(replies, fillers).map { longest - $0 - $1 }
    }

    /// How many entries lie in each shard.
    private func counts(_ query: String) throws -> [Int] {
        var counts = Array(repeating: 0, count: shards)
        let rows = try Row.fetchCursor(database, sql: query)
        while let row = try rows.next() {
            let (known, shard, count): (Int, Int, Int) = (row[0], row[1], row[2])
            // Its place is gone, so nobody is served it, and a check names it.
            guard DropPlacement.isPossible(shard, of: known) else { continue }
            for place in DropPlacement.shards(of: shard, among: known, count: shards) {
                counts[place] += count
            }
        }
        return counts
    }

    /// A real envelope, under the tag of nobody.
    private func add(to shard: Int) throws {
        let envelope = Envelope.replyToNobody()
        try database.cachedStatement(sql: Self.addFiller).execute(
            arguments: [shards, shard, Blob(Tag.random()), Blob(envelope.bytes)]
        )
    }

    private static let replies = """
        SELECT shards, shard, COUNT(*)
        FROM reply
        GROUP BY shards, shard
        """

    private static let fillers = """
        SELECT shards, shard, COUNT(*)
        FROM drop_filler
        GROUP BY shards, shard
        """

    private static let addFiller = """
        INSERT INTO drop_filler (shards, shard, tag, body)
        VALUES (?, ?, ?, ?)
        """

    private static let removeFillers = """
        DELETE FROM drop_filler
        WHERE id IN (
            SELECT id
            FROM drop_filler
            WHERE shards = ? AND shard = ?
            ORDER BY tag
            LIMIT ?
        )
        """
}
