import GRDB
import SealedIntake

/// Erases the leaves of months that are long past, inside the transaction of a close.
///
/// Checkpoints with their subtree roots stay, so that everything behind still verifies. Only a
/// prefix of the log goes, whole months, and none in which something is still kept.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
struct Erasure {
    /// A close erases what lies at least so many months before its own: 13 whole ones lie between.
    static let months = 14

    private let database: Database
    private let day: Day

    init(_ database: Database, day: Day) {
        self.database = database
        self.day = day
    }

    /// Whether leaves of a month may be gone at a close of `day`.
    static func isOver(_ month: Month, on day: Day) -> Bool {
        (0..<months).reduce(month) { later, _ in later.next } <= day.month
    }

    /// Erases as many months as are over, oldest first.
    func run() throws {
        while let month = try oldestMonth(), Self.isOver(month.name, on: day),
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
        )?.position(0)
        guard let end, end > first.position(0) else { return nil }
        return HeldMonth(name: name, leaves: first.position(0)..<end)
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
