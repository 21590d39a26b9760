import GRDB
import SealedIntake

/// The public replies, laid out in shards of one length.
///
/// What fills a shard up follows from a seed that is drawn anew at each close, so that every
/// process serves the same bytes between two closes.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.
struct PublishedDrop {
    private struct Reply {
        /// Its shard of those that the directory had when its desk wrote it.
        let shard: Int
        /// How many these were.
        let shards: Int
        let entry: Drop.Entry

        /// Whether it lies in a shard of so many: of two powers of two the smaller decides.
        func lies(in other: Int, of count: Int) -> Bool {
            let known = min(shards, count)
            return other % known == shard % known
        }
    }

    private let replies: [Reply]
    private let seed: [UInt8]

    /// Reads the replies that closes have logged.
    init(in database: Database, seed: [UInt8]) throws {
        let query = """
            SELECT reply.shard, leaf.tag, reply.body, reply.shards
            FROM reply
            JOIN leaf ON leaf.position = reply.position
            ORDER BY reply.position
            """
        replies = try Row.fetchAll(database, sql: query).map { row in
            let body = row.bytes(2)
            guard body.count == EnvelopeClass.reply.size else {
                throw StoreError.damaged("a reply of another length than its class has")
            }
            let entry = Drop.Entry(tag: try row.fixed(1), envelope: body)
            let (shard, shards): (Int64, Int64) = (row[0], row[3])
            guard let known = UInt32(exactly: shards), Directory.isShardCount(known),
                (0..<shards).contains(shard)
            else { throw StoreError.damaged("a reply in a shard that cannot be") }
            return Reply(shard: Int(shard), shards: Int(shards), entry: entry)
        }
        self.seed = seed
    }

    /// The files of all shards.
    func shards(count: Int) -> [[UInt8]] {
        let real = (0..<count).map { shard in
            replies.filter { $0.lies(in: shard, of: count) }.map(\.entry)
        }
        let longest = real.map(\.count).max() ?? 0
        return real.enumerated().map { shard, entries in
            let fill = (entries.count..<longest).map { randomEntry(shard: shard, place: $0) }
            return Drop(entries + fill).bytes
        }
    }

    /// What a reply envelope begins with: magic, suite, class, one wrap, reserved byte.
    private static let envelopeHead: [UInt8] = [0x53, 0x49, 0x45, 0x31, 1, 3, 1, 0]

    /// An entry that nobody can open, in the form of a reply: what is random in it is SHA-256 of
    /// the seed and a count.
    private func randomEntry(shard: Int, place: Int) -> Drop.Entry {
        var head = ByteWriter(seed)
        head.u32(UInt32(shard))
        head.u32(UInt32(place))
        let blocks = (0...(EnvelopeClass.reply.size / Digest.count)).map { block in
            var writer = head
            writer.u32(UInt32(block))
            return Digest(of: writer.bytes).bytes
        }
        let random = [UInt8](blocks.joined())
        let sealed = random.dropFirst(Tag.count + Self.envelopeHead.count)
        return Drop.Entry(
            tag: Tag([UInt8](random.prefix(Tag.count))),
            envelope: [UInt8]((Self.envelopeHead + sealed).prefix(EnvelopeClass.reply.size))
        )
    }
}
