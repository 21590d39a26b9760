import Foundation
import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// What SQLite is told, and what the file tells.
struct DurabilityTests {
    @Test func `every commit is synced before it counts`() throws {
        let deployment = try Deployment()
        let answers = try deployment.store.pool.writeWithoutTransaction { database in
            try ["synchronous", "journal_mode", "secure_delete", "trusted_schema", "foreign_keys"]
                .map { try String.fetchOne(database, sql: "PRAGMA \($0)") }
        }
        #expect(answers == ["2", "wal", "1", "0", "1"])
    }

    @Test func `every table is strict`() throws {
        let deployment = try Deployment()
        let loose = try deployment.store.pool.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name
                    FROM pragma_table_list
                    WHERE type = 'table' AND strict = 0
                        AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
                    """
            )
        }
        #expect(loose.isEmpty)
    }

    @Test func `only the owner reads the files`() throws {
        let deployment = try Deployment()
        for name in ["intake.sqlite", "intake.sqlite-wal", "high-water"] {
            let path = deployment.folder.appending(path: name).path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name) has mode \(String(mode, radix: 8))")
        }
    }

    @Test func `after a close the file holds each envelope once and its log nothing`() async throws
    {
        let deployment = try Deployment()
        let submissions = try (0..<6).map { _ in try Samples.text() }
        for submission in submissions { try await deployment.accept(submission) }
        try deployment.closeNow()
        let file = try Data(contentsOf: URL(filePath: deployment.path))
        let log = try Data(contentsOf: URL(filePath: deployment.path + "-wal"))
        #expect(log.isEmpty)
        for submission in submissions {
            // What SQLite keeps beside the key, before the first page of overflow.
            let part = Data(submission.envelope.bytes.prefix(400))
            let first = try #require(file.range(of: part))
            #expect(file.range(of: part, in: first.upperBound..<file.endIndex) == nil)
        }
    }

    @Test func `where an envelope lies in the file tells when it came until the close, not after`()
        async throws
    {
        let deployment = try Deployment(organisations: ["nl-vi"], batch: 1)
        let submissions = try (0..<200).map { _ in try Samples.text() }
        for submission in submissions { try await deployment.accept(submission) }
        let open = try pages("inbox_body", "SELECT tag FROM inbox ORDER BY body", in: deployment)
        #expect(Self.likeness(of: submissions.compactMap { open[$0.tag.bytes] }) > 0.9)
        try deployment.closeNow()
        let query = "SELECT tag FROM leaf WHERE type = 1 ORDER BY position"
        let closed = try pages("text_body", query, in: deployment)
        // By chance it is further from 0 once in ten million runs.
        #expect(abs(Self.likeness(of: submissions.compactMap { closed[$0.tag.bytes] })) < 0.4)
    }

    /// The first page of each envelope, by its tag; `tags` stand in the order of the table.
    private func pages(
        _ table: String,
        _ tags: String,
        in deployment: Deployment
    ) throws -> [[UInt8]: Int] {
        try deployment.store.pool.read { database in
            let pages = try Int.fetchAll(
                database,
                sql: """
                    SELECT pageno
                    FROM dbstat
                    WHERE name = ? AND pagetype = 'overflow' AND path LIKE '%+000000'
                    ORDER BY path
                    """,
                arguments: [table]
            )
            let tags = try Row.fetchAll(database, sql: tags).map { $0.bytes(0) }
            #expect(pages.count == 200 && tags.count == 200)
            return Dictionary(uniqueKeysWithValues: zip(tags, pages))
        }
    }

    /// How alike the order of some numbers is to that of their size: 1 is the same, 0 is chance.
    private static func likeness(of numbers: [Int]) -> Double {
        let ranks = Dictionary(uniqueKeysWithValues: zip(numbers.sorted(), 0...))
        let distance = numbers.enumerated().reduce(0.0) { sum, next in
            let away = Double(next.offset - ranks[next.element, default: 0])
            return sum + away * away
        }
        let count = Double(numbers.count)
        return 1 - 6 * distance / (count * (count * count - 1))
    }

    @Test func `no value in the store is a time of the clock`() async throws {
        let deployment = try Deployment()
        let second = deployment.noon()
        try await deployment.accept(try Samples.text())
        try await deployment.accept(try Samples.piece())
        try deployment.closeNow()
        try await deployment.accept(try Samples.text())
        let times = (second - 90_000)...(second + 90_000)
        let tables = try await deployment.store.pool.read { database in
            try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"
            )
        }
        for table in tables {
            let rows = try await deployment.store.pool.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)")
            }
            for value in rows.flatMap({ $0.map(\.1) }) {
                guard let number = Int64.fromDatabaseValue(value), number > 0 else { continue }
                #expect(!times.contains(UInt64(number)), "\(table)")
            }
        }
    }
}
