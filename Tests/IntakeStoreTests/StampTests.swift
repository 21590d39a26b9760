import Foundation
import SealedIntake
import Synchronization
import Testing

@testable import IntakeStore

/// Work is asked of every text, for one organisation and one ticket, and a ticket serves once.
struct StampTests {
    private func deployment(
        work: UInt16 = 3,
        limits: Limits = Limits(),
        surroundings: Surroundings = Surroundings()
    ) throws -> Deployment {
        try Deployment(work: work, limits: limits, surroundings: surroundings)
    }

    /// A stamp worth `tries` under the challenge of so many hours before.
    private func stamp(
        _ deployment: Deployment,
        tries: UInt16 = 3,
        hoursBack: UInt32 = 0,
        organisation: String = "nl-vi",
        ticket: Ticket = .random()
    ) throws -> Stamp {
        let hour = UInt32(deployment.noon() / 3600) &- hoursBack
        var search = StampSearch(
            organisation: try organisation.id,
            hour: hour,
            challenge: deployment.store.challengeKey.challenge(of: hour),
            tries: tries,
            ticket: ticket
        )
        return try search.finish()
    }

    @Test func `the challenge lists what each organisation asks, in the directory's order`() throws
    {
        let deployment = try Deployment(
            organisations: ["helpdesk", "nl-vi"],
            limits: Limits()
        )
        let challenge = try deployment.store.challenge(at: deployment.noon())
        #expect(challenge.hour == UInt32(deployment.noon() / 3600))
        #expect(challenge.tries == [256, 256])
        #expect(!challenge.isTextClosed && challenge.arePiecesClosed)
        #expect(challenge.bytes.count == 22 + 2 * 2)
        #expect(Challenge(bytes: challenge.bytes) == challenge)
    }

    @Test func `challenges follow from the key and the hour, and nobody else's key`() throws {
        let key = ChallengeKey(key: SecretBytes(copying: [UInt8](repeating: 7, count: 32)))
        let hour = key.challenge(of: 491_226)
        #expect(hour.count == 16)
        #expect(key.challenge(of: 491_226) == hour)
        #expect(key.challenge(of: 491_227) != hour)
        #expect(ChallengeKey.random().challenge(of: 491_226) != hour)
        let deployment = try deployment()
        let noon = deployment.noon()
        let asked = try deployment.store.challenge(at: noon)
        #expect(asked == (try deployment.store.challenge(at: noon + 1799)))
        #expect(asked.bytesToSolve != (try deployment.another().challenge(at: noon).bytesToSolve))
    }

    @Test func `a text without work is told what is asked, one with a stamp is taken`() async throws
    {
        let deployment = try deployment()
        #expect(try await deployment.accept(try Samples.text()) == .needsWork(3))
        let stamped = try Samples.text(stamp: try stamp(deployment))
        #expect(try await deployment.accept(stamped) == .stored(deployment.today))
        let eager = try Samples.text(stamp: try stamp(deployment, tries: 9))
        #expect(try await deployment.accept(eager) == .stored(deployment.today))
    }

    @Test func `a stamp serves no other organisation`() async throws {
        let deployment = try deployment(work: 500)
        let other = try stamp(deployment, tries: 256, organisation: "helpdesk")
        let text = try Samples.text("nl-vi", stamp: other)
        #expect(try await deployment.accept(text) == .needsWork(256))
        let right = try Samples.text("helpdesk", stamp: other)
        #expect(try await deployment.accept(right) == .stored(deployment.today))
    }

    @Test func `this hour and the two before count, others do not`() async throws {
        let deployment = try deployment()
        // The hours before are those of this server, so it must have seen them.
        for back in UInt64(1)...4 {
            _ = try deployment.store.challenge(at: deployment.noon() - (5 - back) * 3600)
        }
        for back in UInt32(0)...2 {
            let text = try Samples.text(stamp: try stamp(deployment, hoursBack: back))
            #expect(try await deployment.accept(text) == .stored(deployment.today))
        }
        for back in [UInt32(3), 24, UInt32(0) &- 1] {
            // The work was done, and was enough: the hour alone is wrong.
            let text = try Samples.text(stamp: try stamp(deployment, hoursBack: back))
            #expect(try await deployment.accept(text) == .needsWork(3), "\(back)")
        }
    }

    @Test func `a known tag is answered before a stamp is asked`() async throws {
        let deployment = try deployment()
        let first = try Samples.text(stamp: try stamp(deployment))
        try await deployment.accept(first)
        #expect(try await deployment.accept(first) == .known(deployment.today))
        let bare = Submission(
            organisation: first.organisation,
            tag: first.tag,
            stamp: .random(),
            envelope: first.envelope
        )
        #expect(try await deployment.accept(bare) == .known(deployment.today))
        #expect(try await deployment.accept(try Samples.text(tag: first.tag)) == .conflict)
    }

    @Test func `a ticket serves one submission, also under another tag`() async throws {
        let deployment = try deployment()
        let shared = try stamp(deployment)
        let first = try Samples.text(stamp: shared)
        #expect(try await deployment.accept(first) == .stored(deployment.today))
        #expect(try await deployment.accept(try Samples.text(stamp: shared)) == .needsWork(3))
        let copied = Submission(
            organisation: first.organisation,
            tag: .random(),
            stamp: shared,
            envelope: first.envelope
        )
        #expect(try await deployment.accept(copied) == .needsWork(3))
        #expect(try deployment.count("inbox") == 1)
    }

    @Test func `of many at once with one ticket one is stored`() async throws {
        let deployment = try deployment()
        let shared = try stamp(deployment)
        let texts = try (0..<40).map { _ in try Samples.text(stamp: shared) }
        let second = deployment.noon()
        let store = deployment.store
        let stored = try await withThrowingTaskGroup(of: Acceptance.self) { group in
            for text in texts { group.addTask { try await store.accept(text, at: second) } }
            return try await group.reduce(0) { $0 + ($1 == .needsWork(3) ? 0 : 1) }
        }
        #expect(stored == 1)
        #expect(try deployment.count("inbox") == 1)
    }

    @Test func `a commit that fails does not burn the ticket of the same bytes`() async throws {
        let ids = Mutex([Int64(5), 5, 6])
        var surroundings = Surroundings()
        surroundings.randomID = { ids.withLock { $0.removeFirst() } }
        let deployment = try deployment(surroundings: surroundings)
        let first = try Samples.text(stamp: try stamp(deployment))
        let second = try Samples.text(stamp: try stamp(deployment))
        try await deployment.accept(first)
        await #expect(throws: StoreError.self) { try await deployment.accept(second) }
        #expect(try await deployment.accept(second) == .stored(deployment.today))
    }

    @Test func `more tickets than memory is set aside for are refused at once`() async throws {
        var limits = Limits()
        limits.tickets = 2
        let deployment = try deployment(limits: limits)
        for _ in 0..<2 {
            let text = try Samples.text(stamp: try stamp(deployment))
            #expect(try await deployment.accept(text) == .stored(deployment.today))
        }
        let third = try Samples.text(stamp: try stamp(deployment))
        await #expect(throws: StoreError.overloaded) { try await deployment.accept(third) }
    }

    @Test func `what waits at the start stands for the hour before`() async throws {
        let deployment = try Deployment()
        try await deployment.flood(1500)
        var surroundings = Surroundings()
        surroundings.offset = { 0 }
        let restarted = try Store.open(at: deployment.path, surroundings: surroundings)
        #expect(try restarted.challenge(at: deployment.noon()).tries == [549, 256])
    }

    @Test func `a class of twenty-five in one minute is taken at once`() async throws {
        let deployment = try Deployment(limits: Limits())
        let noon = deployment.noon()
        let stamps = try (0..<25).map { _ in try stamp(deployment, tries: 256) }
        for (second, stamp) in stamps.enumerated() {
            let text = try Samples.text(stamp: stamp)
            let answer = try await deployment.store.accept(text, at: noon + UInt64(second))
            #expect(answer == .stored(deployment.today))
        }
    }

    /// A thousand is what one machine may send in a second; all of them come before the honest one.
    ///
    /// The bound is wide, for machines that do other things too.
    @Test func `an honest stamp behind a thousand worthless ones has its turn`() async throws {
        let deployment = try Deployment(limits: Limits())
        let honest = try Samples.text(stamp: try stamp(deployment, tries: 256))
        let hour = UInt32(deployment.noon() / 3600)
        let envelope = try Samples.envelope()
        let junk = try (0..<1000).map { number in
            Submission(
                organisation: try "nl-vi".id,
                tag: .random(),
                stamp: Stamp(
                    hour: hour,
                    ticket: .random(),
                    nonces: [UInt64](repeating: UInt64(number), count: Stamp.partCount)
                ),
                envelope: envelope
            )
        }
        let (store, second) = (deployment.store, deployment.noon())
        // Held until all of it waits.
        let (held, width) = (DispatchSemaphore(value: 0), deployment.store.limits.stampsAtOnce)
        let refused = try await withThrowingTaskGroup(of: Acceptance.self) { group in
            for _ in 0..<width {
                group.addTask {
                    try await store.turnstile.run {
                        held.wait()
                        return .success(.notYet)
                    }
                }
            }
            while store.turnstile.load < width { await Task.yield() }
            for submission in junk {
                group.addTask { try await store.accept(submission, at: second) }
            }
            while store.turnstile.load < width + 1000 { await Task.yield() }
            for _ in 0..<width { held.signal() }
            #expect(try await deployment.accept(honest) == .stored(deployment.today))
            return try await group.reduce(0) { $0 + ($1 == .needsWork(256) ? 1 : 0) }
        }
        // One in 256 holds in its first part, none in all four.
        #expect(refused == 1000)
    }
}
