import GRDB
import Testing

/// Everything of one class looks alike where it is kept, and no key or word is in any of it.
struct UnlinkabilityLayoutTests {
    /// What holds no report, follow-up or reply.
    private static let others: Set = [
        "house", "checkpoint", "directory", "acknowledgement", "grdb_migrations",
    ]

    /// Otherwise the attacker would look at nothing.
    @Test func `the attacker has everything in every place where it is kept`() async throws {
        let run = try await UnlinkableRun.shared.value
        let whole = ["tag", "digest", "wrap", "body"]
        let log = ["file month 2026-01: tag, first", "file month 2026-01: digest, first"]
        let text = ["table end: leaf.position", "table end: text_body.position"] + log
        expect(
            run.reports,
            in: text + [
                "table reports open: inbox.body", "table reports open: inbox_body.id",
                "file reports closed, intake.sqlite: tag, last",
            ] + whole.map { "file in 1: \($0), first" }
        )
        expect(run.followUps, in: text + whole.map { "file in 2: \($0), first" })
        expect(
            run.replies,
            in: log + [
                "table replies taken: reply_inbox.shard", "table end: leaf.position",
                "table end: reply.position", "table end: reply.shard",
                "file drop: tag, first", "file drop: wrap, first",
                "file replies closed, intake.sqlite: tag, last",
            ] + whole.map { "file out 1: \($0), first" }
        )
    }

    @Test func `all rows of a class have the same columns and sizes`() async throws {
        let run = try await UnlinkableRun.shared.value
        var seen: Set<String> = []
        for snapshot in run.snapshots {
            for table in snapshot.tables where !Self.others.contains(table.name) {
                for (name, layouts) in table.layouts {
                    seen.insert(name)
                    #expect(layouts.count == 1, "\(snapshot.name), \(name): \(layouts)")
                }
            }
        }
        #expect(seen.isSuperset(of: ["leaf 1", "leaf 2", "text_body", "inbox 1", "inbox_body"]))
        #expect(seen.isSuperset(of: ["reply_inbox", "reply"]))
    }

    @Test func `a row that is longer than others of its class is found`() {
        let rows = [[Int64(1), Int64(7)], [1, 8], [2, 9]].map { $0.map(\.databaseValue) }
        var table = KeptTable(name: "leaf", columns: ["type", "day"], rows: rows)
        #expect(table.layouts.values.allSatisfy { $0.count == 1 })
        let odd = [Int64(1).databaseValue, "8".databaseValue]
        table = KeptTable(name: "leaf", columns: ["type", "day"], rows: rows + [odd])
        #expect(table.layouts["leaf 1"]?.count == 2)
    }

    @Test func `on sticks and in the drop all of a class take the same room`() async throws {
        let run = try await UnlinkableRun.shared.value
        let places = [
            (run.reports, "in 1", 16_384), (run.followUps, "in 2", 16_384),
            (run.replies, "out 1", 4096), (run.replies, "drop", 16 + 4096),
        ]
        for (kept, file, size) in places {
            let name = "file \(file): wrap, first"
            let starts = try kept.things.map { try #require($0.numbers[name]) }
            let lengths = zip(starts.sorted(), starts.sorted().dropFirst()).map { $1 - $0 }
            #expect(Set(kept.things.map(\.envelope.count)).count == 1)
            if file == "drop" {
                // Each shard has a head of 8 bytes.
                #expect(lengths.allSatisfy { Int($0) % size == 0 || Int($0) % size == 8 })
            } else {
                #expect(lengths.allSatisfy { Int($0) % size == 0 })
            }
        }
        let shards = run.files.filter { $0.name.hasPrefix("shard ") }
        #expect(shards.count == 8 && Set(shards.map(\.bytes.count)).count == 1)
    }

    @Test func `no word and no key is in anything that is kept or carried`() async throws {
        let run = try await UnlinkableRun.shared.value
        #expect(run.secrets.count > 4000 && run.files.count > 20)
        #expect(run.leaks.isEmpty, "\(run.leaks)")
    }

    @Test func `a word or a key in a file is found`() {
        let secrets = [ascii("baardmannetje"), ascii("roerdompvijver")]
        var evidence = Evidence([], secrets: secrets)
        evidence.read(KeptFile(name: "clean", bytes: ascii("een roerdompvijve en een baardman")))
        #expect(evidence.leaks.isEmpty)
        evidence.read(KeptFile(name: "leaking", bytes: ascii("aan de roerdompvijver")))
        #expect(evidence.leaks == ["leaking"])
    }

    private func expect(_ kept: UnlinkableRun.Kept, in places: [String]) {
        #expect(kept.things.count == UnlinkableRun.people)
        for name in places {
            let seen = kept.things.count { $0.numbers[name] != nil }
            #expect(seen == UnlinkableRun.people, "\(name)")
        }
    }
}
