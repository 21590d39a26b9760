import GRDB
import SealedIntake

/// How much of one desk may still wait for a close.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.3.
struct WaitingRoom {
    private var left: [OutRow.Kind: Int]

    /// Counts what waits; the pieces wanted are always a new list.
    init(of desk: OrganisationID, in database: Database) throws {
        left = [.pieceWanted: OutLimits.waiting(.pieceWanted)]
        for (kind, query) in Self.queries {
            let count = try Int.fetchOne(database, sql: query, arguments: [Blob(desk)]) ?? 0
            left[kind] = OutLimits.waiting(kind) - count
        }
    }

    /// Takes a place for one row more, where there is one.
    mutating func takes(_ kind: OutRow.Kind) -> Bool {
        guard let places = left[kind], places > 0 else { return false }
        left[kind] = places - 1
        return true
    }

    private static let queries: [(OutRow.Kind, String)] = [
        (.reply, "SELECT COUNT(*) FROM reply_inbox WHERE organisation = ?"),
        (.transferred, "SELECT COUNT(*) FROM transfer_inbox WHERE sender = ?"),
        (.withdrawal, "SELECT COUNT(*) FROM withdrawal_inbox WHERE organisation = ?"),
    ]
}
