import IntakeConsole
import Testing

@testable import IntakeStore
@testable import SealedIntake

/// A stranger with a machine and no code: floods an organisation, or counts what others send.
@Suite struct StrangerTests {
    private let world: World
    private let id: OrganisationID

    init() throws {
        var plan = WorldPlan.usual
        plan.work = 4096
        world = try World(plan)
        id = plan.organisations[0].id
    }

    @Test func `who floods without work stores nothing, and a report arrives`() async throws {
        let before = world.store.publication.size
        for turn in 0..<300 {
            let answer = try await post(stamp: turn % 2 == 0 ? .random() : world.stamp())
            #expect(answer == .needsWork(256))
            #expect(try await post(stamp: .random(), isCover: true) == .stored(world.today))
        }
        let words = "Ze wachten me op bij het hek."
        let person = Person()
        try await person.write(words, to: id, in: world)
        try world.pass()
        let stick = try world.stickIn(id)
        _ = try world.take(stick, at: id)
        let read = try world.desk(id).threads().flatMap { thread in
            try world.desk(id).thread(thread.thread).messages
        }
        #expect(read.map { String(utf8: $0.message.text) } == [words])
        let leaves = try LoggedEntry.all(in: world.store).map(\.leaf)
        let filled = leaves[Int(before)...].filter { $0.type == .submission }
        #expect(filled.count == 4 + 2 + 2, "one report, and the fillers of its day")
        #expect(try world.audit() == [])
    }

    @Test func `who counts learns nothing of an honest report in its hour`() async throws {
        func look() async throws -> [String] {
            let challenge = try world.store.challenge(at: world.now)
            let answers = [
                try await post(stamp: .random()), try await post(stamp: world.stamp()),
                try await post(stamp: .random(), isCover: true),
            ]
            return ["\(challenge)"] + answers.map { "\($0)" }
        }
        let before = try await look()
        let person = Person()
        let sent = try await person.write("Elke dag.", to: id, in: world)
        #expect(try await look() == before)
        // Not even who has the tag key of a thread, and so its tags once they are public.
        let tag = person.keys(id).tags.messageTag(of: sent.envelope, slot: sent.slot)
        let cover = try await post(tag: tag, stamp: .random(), isCover: true)
        #expect(cover == .stored(world.today))
        try world.pass()
        #expect(try await post(tag: tag, stamp: .random(), isCover: true) == .stored(world.today))
    }

    private func post(
        tag: SealedIntake.Tag = .random(),
        stamp: Stamp,
        isCover: Bool = false
    ) async throws -> Acceptance {
        let listed = try #require(try world.directory.organisation(id))
        let key = try #require(listed.sealingKey(on: world.today))
        let submission = Submission(
            isCover: isCover,
            organisation: id,
            tag: tag,
            stamp: stamp,
            envelope: Envelope.text(Filler.frame(for: id), to: key, second: .decoy)
        )
        return try await world.store.accept(submission, at: world.now)
    }
}
