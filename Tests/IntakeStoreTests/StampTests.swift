import SealedIntake
import Testing

@testable import IntakeStore

/// Work is asked before a quota closes, and only from those who write to a busy organisation.
struct StampTests {
    /// A deployment where one organisation got `count` submissions in the hour of noon.
    private func busy(_ count: Int = 50) async throws -> Deployment {
        let deployment = try Deployment()
        for _ in 0..<count { try await deployment.accept(try Samples.text()) }
        return deployment
    }

    private func stamped(
        _ deployment: Deployment,
        bits: UInt8,
        hoursBack: UInt32 = 0,
        root: Digest? = nil
    ) throws -> Submission {
        let plain = try Samples.text()
        let hour = UInt32(deployment.noon() / 3600) - hoursBack
        let root = try root ?? #require(deployment.store.publication.roots.first)
        let stamp = try Stamp.find(
            subject: plain.stampSubject,
            hour: hour,
            challenge: Stamp.challenge(hour: hour, root: root),
            difficulty: bits
        )
        return Submission(
            organisation: plain.organisation,
            tag: plain.tag,
            stamp: stamp,
            envelope: plain.envelope
        )
    }

    @Test func `nothing is asked below fifty`() async throws {
        let deployment = try await busy(49)
        #expect(try deployment.store.challenge(at: deployment.noon()).difficulty == 0)
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
        #expect(try deployment.store.challenge(at: deployment.noon()).difficulty == 1)
    }

    @Test func `from fifty on a stamp is asked, and one that holds is taken`() async throws {
        let deployment = try await busy()
        #expect(try await deployment.accept(try Samples.text()) == .needsWork(1))
        let honest = try stamped(deployment, bits: 1)
        #expect(try await deployment.accept(honest) == .stored(deployment.today))
        let eager = try stamped(deployment, bits: 4)
        #expect(try await deployment.accept(eager) == .stored(deployment.today))
    }

    @Test func `a known tag is answered before a stamp is asked`() async throws {
        let deployment = try Deployment()
        let first = try Samples.text()
        try await deployment.accept(first)
        for _ in 0..<60 {
            try await deployment.accept(try Samples.text())
        }
        #expect(try await deployment.accept(first) == .known(deployment.today))
        #expect(try await deployment.accept(try Samples.text(tag: first.tag)) == .conflict)
    }

    @Test func `this hour and the two before count, others do not`() async throws {
        let deployment = try await busy()
        for back in UInt32(0)...2 {
            let submission = try stamped(deployment, bits: 8, hoursBack: back)
            #expect(try await deployment.accept(submission) == .stored(deployment.today))
        }
        for back in [UInt32(3), 24, .max] {
            let plain = try Samples.text(
                stamp: Stamp(hour: UInt32(deployment.noon() / 3600) &- back, nonce: 0)
            )
            #expect(try await deployment.accept(plain) == .needsWork(1))
        }
    }

    @Test func `the newest root and the one before count`() async throws {
        let deployment = try await busy()
        let root = try #require(deployment.store.publication.roots.first)
        try deployment.closeNow()
        let before = try stamped(deployment, bits: 8, root: root)
        #expect(try await deployment.accept(before) == .stored(deployment.today))
    }

    @Test func `other organisations and the next hour are not asked`() async throws {
        let deployment = try await busy()
        let other = try Samples.text("helpdesk")
        #expect(try await deployment.accept(other) == .stored(deployment.today))
        let later = deployment.noon() + 3600
        #expect(try deployment.store.challenge(at: later).difficulty == 0)
        let next = try await deployment.store.accept(try Samples.text(), at: later)
        #expect(next == .stored(deployment.today))
    }

    @Test func `what was asked a while ago is accepted, nothing is not`() throws {
        let traffic = Traffic()
        let organisation = try "nl-vi".id
        for _ in 0..<400 { traffic.add(organisation, hour: 10) }
        #expect(traffic.asked(.text, for: organisation, hour: 10) == 4)
        #expect(traffic.accepted(.text, for: organisation, hour: 10) == 3)
        #expect(traffic.asked(.piece, for: organisation, hour: 10) == 8)
        #expect(traffic.asked(.text, for: organisation, hour: 11) == 0)
        #expect(traffic.accepted(.text, for: organisation, hour: 11) == 0)
        for _ in 0..<3200 { traffic.add(organisation, hour: 11) }
        #expect(traffic.asked(.text, for: organisation, hour: 11) == 7)
        #expect(traffic.accepted(.text, for: organisation, hour: 11) == 4)
        #expect(traffic.highest(hour: 11) == 7)
        #expect(traffic.highest(hour: 13) == 0)
    }
}
