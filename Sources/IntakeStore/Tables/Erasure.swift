import GRDB
import SealedIntake

/// Erases the leaves of months that are long past, inside the transaction of a close.
///
/// Checkpoints with their subtree roots stay, so that everything behind still verifies. Only a
/// prefix of the log goes, whole months, and none in which something is still kept.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
struct Erasure {
    private let database: Database
    private let day: Day

    init(_ database: Database, day: Day) {
        self.database = database
        self.day = day
    }

    /// Erases as many months as are over, oldest first.
    func run() throws {
        while let month = try oldestMonth(), Keeping.isOver(month.name, in: day.month),
            try !isKept(month.leaves)
        {
            try erase(month.leaves)
        }
    }

    private struct HeldMonth {
        let name: Month
        let leaves: Range<UInt64>
    }

    private func oldestMonth() throws -> HeldMonth? {
        let query = "SELECT position, day FROM leaf ORDER BY position LIMIT 1"
        guard let first = try Row.fetchOne(database, sql: query) else { return nil }
        let name = first.day(1).month
        let end = try Row.fetchOne(
            database,
            sql: "SELECT MAX(size) FROM checkpoint WHERE day < ?",
            arguments: [name.next.first.column]
        )?.index(0)
        guard let end, end > first.index(0) else { return nil }
        return HeldMonth(name: name, leaves: first.index(0)..<end)
    }

    private func isKept(_ leaves: Range<UInt64>) throws -> Bool {
        try Row.fetchOne(
            database,
            sql: Self.kept,
            arguments: [leaves.lowerBound.column, leaves.upperBound.column]
        ) != nil
    }

    private func erase(_ leaves: Range<UInt64>) throws {
        for table in ["lost", "leaf"] {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE position < ?",
                arguments: [leaves.upperBound.column]
            )
        }
    }

    private static let kept = """
        SELECT 1 FROM text_body WHERE position >= ?1 AND position < ?2
        UNION ALL
        SELECT 1 FROM reply WHERE position >= ?1 AND position < ?2
        UNION ALL
        SELECT 1 FROM piece WHERE closed > ?1 AND closed <= ?2
        LIMIT 1
        """
}
