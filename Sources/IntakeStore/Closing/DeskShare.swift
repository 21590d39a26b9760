import GRDB
import SealedIntake

/// What of all that desks brought one close logs: so much of each desk, in the order of
/// organisations and tags.
///
/// The rest waits for the next close.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.3.
struct DeskShare {
    /// A row that waits, with what its leaf says.
    struct Item: Hashable {
        /// Of the leaf: the desk's own organisation, or the receiving one.
        let organisation: OrganisationID
        let tag: Tag
        let digest: Digest
    }

    /// What this close logs as type 2.
    private(set) var replies: [Item] = []
    /// What this close logs as type 8.
    private(set) var withdrawals: [Item] = []
    /// What this close logs as type 5.
    private(set) var transfers: [Item] = []
    /// How much of each desk waits for a later close.
    private(set) var waiting: [OrganisationID: Int] = [:]

    private let database: Database
    private let shards: Int
    private let mostTransfers: Int

    /// Chooses; nothing is changed.
    init(_ database: Database) throws {
        self.database = database
        let directory = try InstalledDirectory.newest(in: database)?.directory
        shards = Int(directory?.shards ?? 1)
        let others = max(1, directory?.organisations.count ?? 1) - 1
        mostTransfers = OutLimits.loggedTransfers(toOthers: others)
        try chooseReplies()
        try chooseWithdrawals()
        try chooseTransfers()
    }

    private mutating func chooseReplies() throws {
        let most = OutLimits.loggedInShard(of: shards)
        var desk: OrganisationID?
        var chosen = 0
        var lying = [Int](repeating: 0, count: shards)
        let rows = try Row.fetchCursor(database, sql: Self.waitingReplies)
        while let row = try rows.next() {
            let item = try Self.item(row)
            if item.organisation != desk {
                desk = item.organisation
                chosen = 0
                lying = [Int](repeating: 0, count: shards)
            }
            let (shard, known): (Int, Int) = (row[3], row[4])
            guard DropPlacement.isPossible(shard, of: known) else {
                waiting[item.organisation, default: 0] += 1
                continue
            }
            let places = DropPlacement.shards(of: shard, among: known, count: shards)
            guard chosen < OutLimits.logged(.reply), places.allSatisfy({ lying[$0] < most }) else {
                waiting[item.organisation, default: 0] += 1
                continue
            }
            for place in places { lying[place] += 1 }
            chosen += 1
            replies.append(item)
        }
    }

    /// A reply can be withdrawn when it is logged, by this close at the latest.
    private mutating func chooseWithdrawals() throws {
        let chosen = Set(replies)
        var counts: [OrganisationID: Int] = [:]
        let rows = try Row.fetchCursor(database, sql: Self.waitingWithdrawals)
        while let row = try rows.next() {
            let item = try Self.item(row)
            let isLogged: Bool = row[3]
            guard isLogged || chosen.contains(item),
                counts[item.organisation, default: 0] < OutLimits.logged(.withdrawal)
            else {
                waiting[item.organisation, default: 0] += 1
                continue
            }
            counts[item.organisation, default: 0] += 1
            withdrawals.append(item)
        }
    }

    /// Whose an envelope is, and not to whom it goes, decides when it is logged: nobody's fill the
    /// way to another desk.
    private mutating func chooseTransfers() throws {
        var counts: [Blob: Int] = [:]
        let rows = try Row.fetchCursor(database, sql: Self.waitingTransfers)
        while let row = try rows.next() {
            let sender = Blob(row.bytes(3))
            guard counts[sender, default: 0] < mostTransfers else {
                if let desk = OrganisationID(padded: sender.bytes) {
                    waiting[desk, default: 0] += 1
                }
                continue
            }
            counts[sender, default: 0] += 1
            transfers.append(try Self.item(row))
        }
    }

    private static func item(_ row: Row) throws -> Item {
        Item(
            organisation: try row.organisation(0),
            tag: try row.fixed(1),
            digest: try row.fixed(2)
        )
    }

    private static let waitingReplies = """
        SELECT organisation, tag, digest, shard, shards
        FROM reply_inbox
        ORDER BY organisation, tag
        """

    private static let waitingWithdrawals = """
        SELECT organisation, tag, digest, EXISTS (
            SELECT 1
            FROM leaf
            WHERE leaf.type = 2 AND leaf.organisation = waiting.organisation
                AND leaf.tag = waiting.tag AND leaf.digest = waiting.digest
        )
        FROM withdrawal_inbox AS waiting
        ORDER BY organisation, tag
        """

    private static let waitingTransfers = """
        SELECT organisation, tag, digest, sender
        FROM transfer_inbox
        ORDER BY organisation, tag
        """
}
