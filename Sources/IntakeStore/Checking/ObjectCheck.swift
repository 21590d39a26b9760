import GRDB
import SealedIntake

/// Verifies that every leaf and every piece has its object, of the right size and digest, as long
/// as it must be kept.
struct ObjectCheck {
    private let database: Database
    private let retention: Retention
    /// Where a close is under way, what is over may still be here.
    private let isUnderway: Bool

    init(_ database: Database) throws {
        self.database = database
        retention = try Retention(database, day: try StoredCheckpoint.newest(in: database).day)
        isUnderway = try UnderwayClose.fetch(from: database) != nil
    }

    /// Reads every object once.
    func run(_ report: inout CheckReport) throws {
        let text = EnvelopeClass.text.size
        let reply = EnvelopeClass.reply.size
        try objects(Self.texts, size: text, StoreDamage.Object.envelope, &report) { leaf, index in
            try retention.isOver(leaf, at: index)
        }
        try objects(Self.replies, size: reply, StoreDamage.Object.reply, &report) { _, index in
            try retention.isReplyOver(at: index)
        }
        try fillers(&report)
        try pieces(&report)
        for (query, damage) in Self.strays where try Row.fetchOne(database, sql: query) != nil {
            report.damage.append(damage)
        }
    }

    /// Objects of leaves, which may be gone where `isOver` says so or where the loss is written
    /// down.
    private func objects(
        _ query: String,
        size: Int,
        _ object: (UInt64) -> StoreDamage.Object,
        _ report: inout CheckReport,
        isOver: (Leaf, UInt64) throws -> Bool
    ) throws {
        let rows = try Row.fetchCursor(database, sql: query)
        while let row = try rows.next() {
            let index = row.index(0)
            let leaf = try LogReader.leaf(row, at: index)
            let body: Blob? = row[5]
            let isOver = try isOver(leaf, index)
            if let body {
                if isOver, !isUnderway {
                    report.damage.append(.stays(object(index)))
                } else {
                    report.damage += damage(of: body.bytes, size, leaf.digest, object(index))
                }
                report.objects += 1
            } else if !isOver {
                if row[6] as Int64? != nil {
                    report.lost += 1
                } else {
                    report.damage.append(.missing(object(index)))
                }
            }
        }
    }

    /// What fills up the drop has the form of a reply, and leaves no shard longer than another, nor
    /// than the one with most replies.
    private func fillers(_ report: inout CheckReport) throws {
        let rows = try Row.fetchCursor(database, sql: "SELECT tag, body FROM drop_filler")
        while let row = try rows.next() {
            guard row.bytes(0).count == Tag.count,
                (try? Envelope(bytes: row.bytes(1), expecting: .reply)) != nil
            else {
                report.damage.append(.dropFiller)
                continue
            }
            report.objects += 1
        }
        if try !DropLevel(database).isLevel() { report.damage.append(.dropUneven) }
    }

    private func pieces(_ report: inout CheckReport) throws {
        let rows = try Row.fetchCursor(database, sql: Self.pieces)
        while let row = try rows.next() {
            let piece = StoreDamage.Object.piece(try row.fixed(0))
            let body: Blob? = row[2]
            if let body {
                let size = EnvelopeClass.piece.size
                report.damage += damage(of: body.bytes, size, try row.fixed(1), piece)
            } else {
                report.damage.append(.missing(piece))
            }
            report.objects += 1
        }
    }

    private func damage(
        of body: [UInt8],
        _ size: Int,
        _ digest: Digest,
        _ object: StoreDamage.Object
    ) -> [StoreDamage] {
        guard body.count == size else {
            return [.otherLength(object, found: body.count, expected: size)]
        }
        return Digest(native: body) == digest ? [] : [.changed(object)]
    }

    private static let texts = """
        SELECT leaf.position, leaf.type, leaf.organisation, leaf.tag, leaf.digest,
            text_body.body, lost.position
        FROM leaf
        LEFT JOIN text_body ON text_body.position = leaf.position
        LEFT JOIN lost ON lost.position = leaf.position
        WHERE leaf.type IN (1, 5)
        ORDER BY leaf.position
        """

    private static let replies = """
        SELECT leaf.position, leaf.type, leaf.organisation, leaf.tag, leaf.digest,
            reply.body, lost.position
        FROM leaf
        LEFT JOIN reply ON reply.position = leaf.position
        LEFT JOIN lost ON lost.position = leaf.position
        WHERE leaf.type = 2
        ORDER BY leaf.position
        """

    private static let pieces = """
        SELECT piece.tag, piece.digest, piece_body.body
        FROM piece
        LEFT JOIN piece_body ON piece_body.id = piece.body
        ORDER BY piece.organisation, piece.tag
        """

    private static let strays: [(query: String, damage: StoreDamage)] = [
        (strayTexts, .strayEnvelope), (strayReplies, .strayReply), (strayShards, .dropShard),
        (strayPieces, .strayPiece), (strayLosses, .strayLoss),
    ]

    private static let strayTexts = """
        SELECT 1
        FROM text_body
        JOIN leaf ON leaf.position = text_body.position
        WHERE leaf.type NOT IN (1, 5)
        """

    private static let strayReplies = """
        SELECT 1
        FROM reply
        JOIN leaf ON leaf.position = reply.position
        WHERE leaf.type <> 2
        """

    private static let strayShards = """
        SELECT 1
        FROM (
            SELECT shard, shards FROM reply
            UNION ALL
            SELECT shard, shards FROM reply_inbox
        )
        WHERE shards NOT IN (1, 2, 4, 8, 16, 32, 64, 128, 256)
            OR shard NOT BETWEEN 0 AND shards - 1
        """

    private static let strayPieces = """
        SELECT 1
        FROM piece_body
        WHERE id NOT IN (SELECT body FROM piece)
        """

    private static let strayLosses = """
        SELECT 1
        FROM lost
        JOIN leaf ON leaf.position = lost.position
        WHERE leaf.type NOT IN (1, 2, 5)
            OR EXISTS (SELECT 1 FROM text_body WHERE text_body.position = lost.position)
            OR EXISTS (SELECT 1 FROM reply WHERE reply.position = lost.position)
        """
}
