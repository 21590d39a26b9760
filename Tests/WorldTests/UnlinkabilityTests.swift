import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// What belongs together cannot be told from what is kept: neither from the server's database,
/// as rows or as raw bytes, at seven moments, nor from log, drop and sticks.
///
/// Not hidden by design, and so not asked here: the day of a report, its organisation, how many
/// there are beyond the batches, and what somebody sees who watches each post as it comes in
/// (`docs/threat-model.md`).
struct UnlinkabilityTests {
    @Test func `nobody can pair replies with reports`() async throws {
        let run = try await UnlinkableRun.shared.value
        let found = run.attacker(run.reports, run.replies).findings()
        #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
    }

    @Test func `nobody can pair follow-ups with reports`() async throws {
        let run = try await UnlinkableRun.shared.value
        let found = run.attacker(run.reports, run.followUps).findings()
        #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
    }

    @Test func `nobody can pair follow-ups with replies`() async throws {
        let run = try await UnlinkableRun.shared.value
        let found = run.attacker(run.replies, run.followUps).findings()
        #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
    }

    /// Beyond the shard in which both lie for all to see.
    @Test func `nobody can pair the replies of one thread`() async throws {
        let run = try await UnlinkableRun.shared.value
        for shard in 0..<UnlinkableRun.shardCount {
            let first = run.kept(run.replies, inShard: shard)
            let second = run.kept(run.secondReplies, inShard: shard)
            #expect(first.things.count > 5)
            let found = run.attacker(first, second).findings()
            #expect(found.isEmpty, "seed \(run.seed), shard \(shard): \(found.prefix(10))")
        }
    }

    /// Who guesses among the replies whose row says the same is right once a shard, as by looking
    /// into the drop.
    @Test func `the rows of a stick tell no more of a thread than its shard`() async throws {
        let run = try await UnlinkableRun.shared.value
        let second = run.secondReplies.things.compactMap { $0.numbers[UnlinkableRun.rowShard] }
        let first = run.replies.things.compactMap { $0.numbers[UnlinkableRun.rowShard] }
        #expect(first.count == UnlinkableRun.people && second.count == UnlinkableRun.people)
        let rights = first.reduce(0.0) { sum, mine in
            sum + 1 / Double(max(1, second.count { $0 == mine }))
        }
        #expect(rights < Double(UnlinkableRun.shardCount) + 0.01, "of \(UnlinkableRun.people)")
    }

    /// Whoever did not make the fillers: the public, a courier, a thief of the disks.
    @Test func `fillers of a closed day cannot be told from reports`() async throws {
        let run = try await UnlinkableRun.shared.value
        #expect(run.fillers.things.count == UnlinkableRun.batch - UnlinkableRun.people)
        // Fillers get the first places of an order that is random otherwise.
        let texts = zip(run.fillers.things.shuffled() + run.reports.things.shuffled(), 0...)
            .sorted { $0.0.digest.lexicographicallyPrecedes($1.0.digest) }
        let closed = texts.map { $0.0.keeping { !$0.contains(" open") } }
        let found = Attacker.findings(of: closed, order: texts.map(\.1))
        #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
        let open = Attacker.findings(of: texts.map(\.0), order: texts.map(\.1))
        #expect(!open.isEmpty, "the inbox has reports alone, which must be seen")
    }

    @Test func `nothing of a closed day tells in which order it came or was written`()
        async throws
    {
        let run = try await UnlinkableRun.shared.value
        for kept in [run.reports, run.replies, run.followUps] {
            let things = kept.things.map { $0.keeping { !$0.contains(" open") } }
            let found = Attacker.findings(of: things, order: kept.order)
            #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
        }
    }

    @Test func `no row of an open day tells in which order it came`() async throws {
        let run = try await UnlinkableRun.shared.value
        for kept in [run.reports, run.followUps] {
            let things = kept.things.map { $0.keeping { $0.hasPrefix("table ") } }
            let found = Attacker.findings(of: things, order: kept.order)
            #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
        }
    }

    /// A limit that the documents admit.
    ///
    /// SQLite's log grows with each commit, and new pages stand at the end of the file; the close
    /// folds the one and lets go of the others.
    @Test func `the raw file of an open day tells the order until its close`() async throws {
        let run = try await UnlinkableRun.shared.value
        let things = run.reports.things.map { $0.keeping { $0.contains(" open, intake.sqlite") } }
        let found = Attacker.findings(of: things, order: run.reports.order)
        #expect(found.contains { $0.views.contains("intake.sqlite-wal") })
    }

    @Test func `the order of reports is not that of the replies or follow-ups`() async throws {
        let run = try await UnlinkableRun.shared.value
        let turns = Dictionary(
            uniqueKeysWithValues: zip(run.reports.owners, run.reports.order)
        )
        for kept in [run.replies, run.followUps] {
            let order = kept.owners.map { turns[$0, default: 0] }
            let found = Attacker.findings(of: kept.things, order: order)
            #expect(found.isEmpty, "seed \(run.seed): \(found.prefix(10))")
        }
    }
}

extension KeptThing {
    /// The same with some of its numbers.
    fileprivate func keeping(_ isKept: (String) -> Bool) -> KeptThing {
        var thing = self
        thing.numbers = numbers.filter { isKept($0.key) }
        return thing
    }
}
