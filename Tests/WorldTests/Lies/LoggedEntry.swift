import GRDB
import SealedIntake

@testable import IntakeStore

/// One entry of the log with all that belongs to it, as the server holds it.
struct LoggedEntry {
    var leaf: Leaf
    /// The envelope of a text, or the note of a directory.
    var object: [UInt8]?
    /// The shard, of how many it is, and the body, of a reply.
    var reply: (shard: Int64, shards: Int64, body: [UInt8])?

    init(_ leaf: Leaf, _ object: [UInt8]? = nil) {
        self.leaf = leaf
        self.object = object
    }

    /// All of a store, in order.
    static func all(in store: Store) throws -> [LoggedEntry] {
        try store.pool.read { database in
            let bodies = try Row.fetchAll(database, sql: bodies)
                .reduce(into: [[UInt8]: [UInt8]]()) { $0[$1.bytes(0)] = $1.bytes(1) }
            return try Row.fetchAll(database, sql: entries).enumerated().map { place, row in
                let leaf = try LogReader.leaf(row, at: UInt64(place))
                var entry = LoggedEntry(leaf, bodies[leaf.digest.bytes])
                if let body: Blob = row[6] { entry.reply = (row[5], row[7], body.bytes) }
                return entry
            }
        }
    }

    private static let bodies = """
        SELECT leaf.digest, text_body.body
        FROM text_body
        JOIN leaf ON leaf.position = text_body.position
        UNION ALL
        SELECT digest, note
        FROM directory
        """

    private static let entries = """
        SELECT leaf.position, leaf.type, leaf.organisation, leaf.tag, leaf.digest,
            reply.shard, reply.body, reply.shards
        FROM leaf
        LEFT JOIN reply ON reply.position = leaf.position
        ORDER BY leaf.position
        """
}

extension [LoggedEntry] {
    /// Puts an entry where an honest close would have it.
    mutating func insert(inOrder entry: LoggedEntry) {
        let place = firstIndex { entry.leaf.comesBefore($0.leaf) } ?? endIndex
        insert(entry, at: place)
    }
}

extension Leaf {
    fileprivate func comesBefore(_ other: Leaf) -> Bool {
        let order: [LeafType] = [
            .directory, .acknowledgement, .submission, .reply, .withdrawal, .overdue, .transferred,
            .dayEnd,
        ]
        let places = [self, other].map { order.firstIndex(of: $0.type) ?? 0 }
        guard places[0] == places[1] else { return places[0] < places[1] }
        return bytes.lexicographicallyPrecedes(other.bytes)
    }
}
