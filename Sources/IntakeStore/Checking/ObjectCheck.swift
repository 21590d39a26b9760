import GRDB
import SealedIntake

/// Verifies that every leaf and every piece has its object, of the right size and digest.
struct ObjectCheck {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Reads every object once.
    func run(_ report: inout CheckReport) throws {
        report.objects += try objects(Self.texts, size: EnvelopeClass.text.size, "envelope")
        report.objects += try objects(Self.replies, size: EnvelopeClass.reply.size, "reply")
        report.objects += try objects(Self.pieces, size: EnvelopeClass.piece.size, "piece")
        try nothing(Self.strayTexts, "an envelope that no leaf of its type names")
        try nothing(Self.strayReplies, "a reply that no leaf of its type names")
        try nothing(Self.strayPieces, "a piece that nothing names")
    }

    private func objects(_ query: String, size: Int, _ name: String) throws -> Int {
        var count = 0
        let rows = try Row.fetchCursor(database, sql: query)
        while let row = try rows.next() {
            let place = row[0] as String
            let body: Blob? = row[2]
            guard let body else { throw StoreError.damaged("the \(name) of \(place) is missing") }
            guard body.bytes.count == size else {
                throw StoreError.damaged(
                    "the \(name) of \(place) has \(body.bytes.count) bytes, it must have \(size)"
                )
            }
            guard Digest(of: body.bytes).bytes == row.bytes(1) else {
                throw StoreError.damaged("the \(name) of \(place) is not the one logged")
            }
            count += 1
        }
        return count
    }

    private func nothing(_ query: String, _ lie: String) throws {
        guard try Row.fetchOne(database, sql: query) == nil else {
            throw StoreError.damaged(lie)
        }
    }

    private static let texts = """
        SELECT 'leaf ' || leaf.position, leaf.digest, text_body.body
        FROM leaf
        LEFT JOIN text_body ON text_body.position = leaf.position
        WHERE leaf.type = 1
        ORDER BY leaf.position
        """

    private static let replies = """
        SELECT 'leaf ' || leaf.position, leaf.digest, reply.body
        FROM leaf
        LEFT JOIN reply ON reply.position = leaf.position
        WHERE leaf.type = 2
        ORDER BY leaf.position
        """

    private static let pieces = """
        SELECT 'tag ' || LOWER(HEX(piece.tag)), piece.digest, piece_body.body
        FROM piece
        LEFT JOIN piece_body ON piece_body.id = piece.body
        ORDER BY piece.organisation, piece.tag
        """

    private static let strayTexts = """
        SELECT 1
        FROM text_body
        JOIN leaf ON leaf.position = text_body.position
        WHERE leaf.type <> 1
        """

    private static let strayReplies = """
        SELECT 1
        FROM reply
        JOIN leaf ON leaf.position = reply.position
        WHERE leaf.type <> 2
        """

    private static let strayPieces = """
        SELECT 1
        FROM piece_body
        WHERE id NOT IN (SELECT body FROM piece)
        """
}
