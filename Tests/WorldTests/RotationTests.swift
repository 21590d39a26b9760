import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Keys that change in the middle of honest life.
struct RotationTests {
    @Test func `sealing keys change with their epochs and the log key by a directory`() async throws
    {
        let life = Life(try World(), seed: .random(in: 0...(.max)))
        let world = life.world
        for _ in 0..<8 { try await life.day() }
        let old = world.logKey
        let next = LogKey.random(deployment: World.deployment).succeeding(old)
        world.listedLogKeys = [next.verifierKey, old.verifierKey]
        try world.installDirectory()
        try world.pass()
        try life.settle()
        try world.sign(with: next)
        for _ in 0..<8 { try await life.day() }
        world.today = world.today.adding(95)
        try world.store.explain(past: world.today.previous, at: world.now)
        _ = try world.store.closePastDays(at: world.now, logKey: next, mark: world.mark)
        try world.installDirectory()
        for _ in 0..<8 { try await life.day() }
        try life.settle()
        try life.expectWhole()
        try world.check()
        #expect(throws: StoreError.otherLogKey) { try world.store.check(old) }
    }

    @Test func `a vault with new keys takes over, and both desks' answers are believed`()
        async throws
    {
        let world = try World()
        let id = world.ids[0]
        let person = Person()
        try await person.write("aan de oude sleutels", to: id, in: world)
        try world.pass()
        try world.carry(id)
        try answer("van de oude kluis", at: try world.desk(id), world)
        try world.bringBack(try world.stickOut(id))
        try world.pass()
        try world.carry(id)
        let before = try world.renewDesk(id)
        try world.installDirectory()
        try await person.write("aan de nieuwe sleutels", kind: .followUp, to: id, in: world)
        try world.pass()
        let stick = try world.stickIn(id)
        let first = try before.vault.read { cells in
            try HeldLog(reading: cells).run.end
        }
        let outcome = try world.desk(id).take(
            bundle: stick,
            options: ImportOptions(
                today: world.today,
                directory: try #require(world.store.publication.directory).note.bytes,
                acceptedStart: first
            )
        )
        #expect(outcome.messages == 1)
        #expect(outcome.alarms == [])
        try answer("van de nieuwe kluis", at: try world.desk(id), world)
        try world.bringBack(try world.stickOut(id))
        try world.pass()
        let found = try person.replies(from: id, in: world).map { String(utf8: $0.text) }
        #expect(found.contains("van de oude kluis"))
        #expect(found.contains("van de nieuwe kluis"))
        try world.check()
    }

    private func answer(_ words: String, at desk: Desk, _ world: World) throws {
        let thread = try #require(try desk.threads().first)
        _ = try desk.reply(
            to: thread.thread,
            kind: .message,
            text: ascii(words),
            today: world.today
        )
    }
}
