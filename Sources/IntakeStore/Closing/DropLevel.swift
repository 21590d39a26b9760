import GRDB
import SealedIntake

/// Makes all shards of the drop equally long, inside the transaction that changed it.
///
/// The entries of each day are levelled by themselves: of every day each shard has as many. So a
/// filler comes at the close that needs it and goes with the replies of its day, and nothing that
/// comes, stays or goes tells it from them.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.3.
struct DropLevel {
    private let database: Database
    private let shards: Int

    init(_ database: Database) throws {
        self.database = database
        shards = Int(try InstalledDirectory.newest(in: database)?.directory.shards ?? 1)
    }

    /// Takes away the fillers whose replies left the drop at the close of a day.
    func removeFillers(closing day: Day) throws {
        guard day.number >= Retention.replyDays else { return }
        try database.execute(
            sql: "DELETE FROM drop_filler WHERE day <= ?",
            arguments: [Day(number: day.number - Retention.replyDays).column]
        )
    }

    /// Adds what is missing, day by day; returns whether anything was.
    @discardableResult
    func run() throws -> Bool {
        var isChanged = false
        for (day, counts) in try counts() {
            let longest = counts.max() ?? 0
            for (shard, count) in counts.enumerated() where count < longest {
                for _ in count..<longest { try add(to: shard, day) }
                isChanged = true
            }
        }
        return isChanged
    }

    /// Whether nothing is missing.
    func isLevel() throws -> Bool {
        try counts().values.allSatisfy { $0.max() == $0.min() }
    }

    /// How many entries of each day lie in each shard.
    private func counts() throws -> [Int64: [Int]] {
        var counts: [Int64: [Int]] = [:]
        let rows = try Row.fetchCursor(database, sql: Self.entries)
        while let row = try rows.next() {
            let (day, count): (Int64, Int) = (row[0], row[3])
            let (known, shard): (Int, Int) = (row[1], row[2])
            guard known > 0, known.nonzeroBitCount == 1, (0..<known).contains(shard) else {
                throw StoreError.damaged("an entry of the drop in a shard that cannot be")
            }
            var ofDay = counts.removeValue(forKey: day) ?? Array(repeating: 0, count: shards)
            for place in DropPlacement.shards(of: shard, among: known, count: shards) {
                ofDay[place] += count
            }
            counts[day] = ofDay
        }
        return counts
    }

    /// A real envelope, under the tag of nobody.
    private func add(to shard: Int, _ day: Int64) throws {
        let envelope = Envelope.replyToNobody()
        try database.cachedStatement(sql: Self.addFiller).execute(
            arguments: [day, shards, shard, Blob(Tag.random()), Blob(envelope.bytes)]
        )
    }

    private static let entries = """
        SELECT day, known, shard, COUNT(*)
        FROM (
            SELECT leaf.day AS day, reply.shards AS known, reply.shard AS shard
            FROM reply
            JOIN leaf ON leaf.position = reply.position
            UNION ALL
            SELECT day, shards, shard
            FROM drop_filler
        )
        GROUP BY day, known, shard
        """

    private static let addFiller = """
        INSERT INTO drop_filler (day, shards, shard, tag, body)
        VALUES (?, ?, ?, ?, ?)
        """
}
