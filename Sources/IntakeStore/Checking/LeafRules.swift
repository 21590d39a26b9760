import GRDB
import SealedIntake

/// What a leaf says of another: an overdue envelope of one that came in, a withdrawal of a reply.
///
/// What a leaf of an erased month said can no longer be asked.
/// - SeeAlso: `docs/spec/protocol.md`, sections 8 and 10.
struct LeafRules {
    let database: Database
    /// Which directory was in force where.
    let reigns: [Reign]
    /// The day of the close.
    let day: Day
    /// How far each organisation had acknowledged the log at its end.
    let acknowledged: [OrganisationID: UInt64]

    /// Finds the first leaf of a close that has no ground.
    /// - Throws: ``StoreError/damaged(_:)``.
    func check(_ leaves: [Leaf], from first: UInt64) throws {
        for (place, leaf) in leaves.enumerated() {
            let position = first + UInt64(place)
            switch leaf.type {
            case .overdue: try checkOverdue(leaf, at: position)
            case .withdrawal: try checkWithdrawal(leaf, at: position)
            case .submission, .reply, .directory, .transferred, .dayEnd, .acknowledgement: break
            }
        }
    }

    private func checkOverdue(_ leaf: Leaf, at position: UInt64) throws {
        let twins = try rows(Self.overdue, leaf, position)
        guard try twins.allSatisfy({ try $0.organisation(0) != leaf.organisation }) else {
            throw StoreError.damaged("leaf \(position) is overdue once more")
        }
        let submissions = try rows(Self.submissions, leaf, position)
        let isAsked = try submissions.isEmpty && LogReader(database).firstHeld() > 0
        guard try isAsked || submissions.contains(where: { try isDue($0, to: leaf) }) else {
            throw StoreError.damaged("leaf \(position) is overdue, but nothing was due")
        }
    }

    /// Whether the directory at a type 1 leaf made it due to the organisation of a type 4 leaf, and
    /// nobody had picked it up.
    private func isDue(_ row: Row, to overdue: Leaf) throws -> Bool {
        let organisation = try row.organisation(0)
        let position = row.position(1)
        let reign = reigns.last { $0.first <= position }
        guard let escalation = reign?.directory.organisation(organisation)?.escalation,
            escalation.organisation == overdue.organisation
        else { return false }
        return row.day(2).adding(escalation.days) <= day
            && acknowledged[organisation, default: 0] <= position
    }

    private func checkWithdrawal(_ leaf: Leaf, at position: UInt64) throws {
        let replies = try rows(Self.replies, leaf, position)
        let isGrounded = try replies.contains { try $0.organisation(0) == leaf.organisation }
        guard try isGrounded || LogReader(database).firstHeld() > 0 else {
            throw StoreError.damaged("leaf \(position) withdraws what was never said")
        }
    }

    private func rows(_ query: String, _ leaf: Leaf, _ position: UInt64) throws -> [Row] {
        try Row.fetchAll(
            try database.cachedStatement(sql: query),
            arguments: [Blob(leaf.tag), Blob(leaf.digest), position.column]
        )
    }

    private static let overdue = """
        SELECT organisation, position, day
        FROM leaf
        WHERE type = 4 AND tag = ? AND digest = ? AND position < ?
        """

    private static let submissions = """
        SELECT organisation, position, day
        FROM leaf
        WHERE type = 1 AND tag = ? AND digest = ? AND position < ?
        """

    private static let replies = """
        SELECT organisation, position, day
        FROM leaf
        WHERE type = 2 AND tag = ? AND digest = ? AND position < ?
        """
}
