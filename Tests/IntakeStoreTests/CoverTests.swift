import Foundation
import GRDB
import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeStore

/// A cover is answered like a report that is stored, and nobody can ask anything with one.
struct CoverTests {
    private func cover(
        _ organisation: String = "nl-vi",
        tag: SealedIntake.Tag,
        stamp: Stamp
    )
        throws -> Submission
    {
        try Samples.text(organisation, tag: tag, stamp: stamp, isCover: true)
    }

    @Test func `whatever its tag, its stamp and the count, the answer is that of a report`()
        async throws
    {
        let deployment = try Deployment(work: 3, limits: Limits())
        let hour = UInt32(deployment.noon() / 3600)
        var search = StampSearch(
            organisation: try "nl-vi".id,
            hour: hour,
            challenge: deployment.store.challengeKey.challenge(of: hour),
            tries: 3
        )
        let report = try Samples.text(stamp: try search.finish())
        let stored = Acceptance.stored(deployment.today)
        #expect(try await deployment.accept(report) == stored)
        let nonces = [UInt64](repeating: 0, count: Stamp.partCount)
        let empty = Stamp(hour: 0, ticket: report.stamp.ticket, nonces: nonces)
        for stamp in [.random(), empty, report.stamp] {
            for tag in [Tag.random(), report.tag] {
                #expect(try await deployment.accept(try cover(tag: tag, stamp: stamp)) == stored)
            }
        }
        let same = Submission(
            isCover: true,
            organisation: report.organisation,
            tag: report.tag,
            stamp: report.stamp,
            envelope: report.envelope
        )
        #expect(try await deployment.accept(same) == stored)
        #expect(try deployment.count("inbox") == 1)
        try deployment.closeNow()
        #expect(try await deployment.accept(same) == stored)
    }

    @Test func `a cover of a busy hour is answered like one of a quiet hour, and counts nothing`()
        async throws
    {
        let deployment = try Deployment(limits: Limits())
        let store = deployment.store
        let directory = try #require(store.publication.directory?.directory)
        let hour = UInt32(deployment.noon() / 3600)
        let answer = try await deployment.accept(try cover(tag: .random(), stamp: .random()))
        #expect(answer == .stored(deployment.today))
        store.traffic.add(3000, to: try "nl-vi".id, hour: hour, directory)
        for second in [deployment.noon(), deployment.noon() + 3600] {
            let busy = try await store.accept(
                try cover(tag: .random(), stamp: .random()),
                at: second
            )
            #expect(busy == .stored(deployment.today))
        }
        #expect(try store.challenge(at: deployment.noon() + 3600).tries[0] > 2000)
    }

    @Test func `covers move nothing that is asked later`() async throws {
        var surroundings = Surroundings()
        surroundings.offset = { 0 }
        let deployment = try Deployment(surroundings: surroundings)
        let second = deployment.noon()
        let store = try Store.open(at: deployment.path, surroundings: surroundings)
        for _ in 0..<1100 {
            _ = try await store.accept(try cover(tag: .random(), stamp: .random()), at: second)
        }
        #expect(try store.challenge(at: second + 3600).tries == [256, 256])
        let restarted = try Store.open(at: deployment.path, surroundings: surroundings)
        #expect(try restarted.challenge(at: second).tries == [256, 256])
    }

    @Test func `a cover spends no ticket`() async throws {
        let deployment = try Deployment(work: 3, limits: Limits())
        let hour = UInt32(deployment.noon() / 3600)
        var search = StampSearch(
            organisation: try "nl-vi".id,
            hour: hour,
            challenge: deployment.store.challengeKey.challenge(of: hour),
            tries: 3
        )
        let stamp = try search.finish()
        _ = try await deployment.accept(try cover(tag: .random(), stamp: stamp))
        let report = try Samples.text(stamp: stamp)
        #expect(try await deployment.accept(report) == .stored(deployment.today))
    }

    /// Pages in SQLite's log.
    private func pagesWritten(_ deployment: Deployment) throws -> Int {
        try PlainFile.contents(of: deployment.path + "-wal", most: 1 << 26).count / 4120
    }

    /// Folds the log until it is empty: a reader that is still in the way leaves the old pages in it,
    /// and they would be counted for new ones.
    private func fold(_ deployment: Deployment) async throws {
        repeat {
            try deployment.store.fold()
            await Task.yield()
        } while try pagesWritten(deployment) > 0
    }

    /// Pages written by one commit of covers, and of reports, alone and together.
    @Test(arguments: [1, 8, 40])
    func `a commit of covers writes as many pages as one of reports`(count: Int) async throws {
        var pages: [Bool: Int] = [:]
        for isCover in [false, true] {
            let deployment = try Deployment(batch: 1)
            let texts = try (0..<count).map { _ in try Samples.text(isCover: isCover) }
            let day = deployment.today
            let pool = deployment.store.pool
            try await fold(deployment)
            let commit = deployment.store.groupCommit
            // Held back so that all of them come together into one commit.
            let gate = DispatchSemaphore(value: 0)
            pool.asyncWriteWithoutTransaction { _ in gate.wait() }
            let answers = try await withThrowingTaskGroup(of: Acceptance.self) { group in
                for text in texts {
                    group.addTask { try await commit.accept(Incoming(text), day: day) }
                }
                while commit.waitingCount < count { await Task.yield() }
                gate.signal()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count(where: { $0 == .stored(day) }) == count)
            pages[isCover] = try pagesWritten(deployment)
        }
        let (reports, covers) = (try #require(pages[false]), try #require(pages[true]))
        #expect(reports > 4 * count)
        #expect(abs(reports - covers) <= 2 + count / 10, "\(reports) and \(covers)")
    }

    /// What is posted in a measured turn.
    private enum Post: CaseIterable { case cover, report, again }

    /// Interleaved, so that what else the machine does falls on all; the bounds are wide since one
    /// that read or wrote less would be far outside them.
    @Test func `a cover, and what comes again, take as long as a report`() async throws {
        let deployment = try Deployment(work: 1, limits: Limits())
        let hour = UInt32(deployment.noon() / 3600)
        let clock = ContinuousClock()
        var times: [Post: [Duration]] = [:]
        var last = try Samples.text()
        for turn in 0..<900 {
            let post = Post.allCases[turn % 3]
            let nonces = (0..<4).map { _ in UInt64.random(in: 0...(.max)) }
            let stamp = Stamp(hour: hour, ticket: .random(), nonces: nonces)
            // Made in each turn: who rested before is served sooner on a busy machine.
            let made = try Samples.text(stamp: stamp, isCover: post == .cover)
            let text = post == .again ? last : made
            if post == .report { last = text }
            let start = clock.now
            let answer = try await deployment.accept(text)
            times[post, default: []].append(clock.now - start)
            let day = deployment.today
            #expect(answer == (post == .again ? .known(day) : .stored(day)))
        }
        let sorted = times.mapValues { $0.sorted() }
        for post in [Post.cover, .again] {
            for place in [150, 225] {
                let one = try #require(sorted[post]?[place]) / .milliseconds(1)
                let report = try #require(sorted[.report]?[place]) / .milliseconds(1)
                #expect((0.5...2).contains(one / report), "\(post): \(one), \(report) ms")
            }
        }
    }

    @Test func `what comes again writes what a cover writes, and leaves nothing`() async throws {
        let deployment = try Deployment(batch: 1)
        let texts = try (0..<8).map { _ in try Samples.text() }
        for text in texts { _ = try await deployment.accept(text) }
        // Tags are random, and now and then one more page of an index is split: the least of some.
        func pages(_ submissions: () throws -> [Submission]) async throws -> Int {
            var least = Int.max
            for _ in 0..<5 {
                try await fold(deployment)
                for one in try submissions() { _ = try await deployment.accept(one) }
                least = min(least, try pagesWritten(deployment))
            }
            return least
        }
        let again = try await pages { texts }
        let covers = try await pages { try texts.map { _ in try Samples.text(isCover: true) } }
        #expect(again > 4 * texts.count && abs(again - covers) <= 2, "\(again) and \(covers)")
        let waiting = try await deployment.store.pool.read(Inbox.waitingTexts)
        #expect(waiting.values.reduce(0, +) == texts.count)
    }
}
