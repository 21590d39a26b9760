import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Everybody is honest: nothing is lost, nobody is alarmed.
struct HonestYearTests {
    @Test func `a report is answered and nobody is alarmed`() async throws {
        let world = try World()
        let id = world.ids[0]
        let person = Person()
        try await person.write("Ze wachten me op.", to: id, in: world)
        try world.pass()
        let outcome = try world.carry(id)
        #expect(outcome.messages == 1)
        #expect(outcome.alarms == [])
        let thread = try #require(try world.desk(id).threads().first)
        _ = try world.desk(id).reply(
            to: thread.thread,
            kind: .question,
            text: ascii("Wat goed dat je dit vertelt."),
            today: world.today
        )
        try world.carry(id)
        try world.pass()
        #expect(try person.replies(from: id, in: world).map(\.kind) == [.question])
        try world.check()
    }
}

extension HonestYearTests {
    @Test func `a year with holidays loses nothing and alarms nobody`() async throws {
        let life = Life(try World(), seed: .random(in: 0...(.max)))
        for _ in 0..<400 { try await life.day() }
        try life.settle()
        try life.expectWhole()
        try life.world.check()
        #expect(life.people.contains { !$0.released.isEmpty }, "somebody passed a message on")
        #expect(!life.transferred.isEmpty, "something was transferred")
        #expect(!life.takenBack.isEmpty, "something was withdrawn")
    }
}
