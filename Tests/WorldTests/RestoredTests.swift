import SealedIntake
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Backups that were put back, on both sides: nothing that still exists anywhere is lost or doubled.
struct RestoredTests {
    private func live(_ life: Life, days: Int) async throws {
        for _ in 0..<days { try await life.day() }
    }

    @Test(arguments: 0..<3)
    func `a server from an old backup closes no day until the desks gave it their leaves`(
        run: Int
    ) async throws {
        let life = Life(try World(), seed: .random(in: 0...(.max)))
        let world = life.world
        try await live(life, days: 12 + run)
        let late = life.newPerson()
        try await late.write("nog niet gesloten", to: world.ids[0], in: world)
        try await late.write("vlak voor de kopie", kind: .followUp, to: world.ids[0], in: world)
        try world.backUpStore()
        try world.pass()
        try await live(life, days: 9 + run)
        try life.settle()
        for id in world.ids { life.expectCalm(try world.carry(id), id) }
        try world.restoreStore()
        try await late.write("na de kopie", kind: .followUp, to: world.ids[0], in: world)
        #expect(throws: StoreError.self, "behind its mark") { try world.pass() }
        for id in world.ids { try world.recover(from: id) }
        try world.check()
        for id in world.ids { try world.recover(from: id) }
        try world.pass()
        try await live(life, days: 6)
        try life.settle()
        try expectOnce(["nog niet gesloten", "vlak voor de kopie", "na de kopie"], in: world)
        try life.expectAnswers()
        try world.check()
    }

    @Test(arguments: 0..<3)
    func `a desk from an old copy asks from where it stands, and is whole again`(
        run: Int
    ) async throws {
        let life = Life(try World(), seed: .random(in: 0...(.max)))
        let world = life.world
        let id = world.ids[run]
        try await live(life, days: 12)
        try world.backUpDesk(id)
        try await live(life, days: 10)
        try life.settle()
        try world.restoreDesk(id)
        let stick = try world.stickIn(id, from: try world.held(by: id))
        life.expectCalm(try world.take(stick, at: id), id)
        try world.bringBack(try world.stickOut(id))
        try world.pass()
        try await live(life, days: 10)
        try life.settle()
        try life.expectWhole()
        try world.check()
    }

    private func expectOnce(_ words: [String], in world: World) throws {
        let id = world.ids[0]
        let desk = try world.desk(id)
        let read = try desk.threads().flatMap { summary in
            try desk.thread(summary.thread).messages.map { String(utf8: $0.message.text) }
        }
        for word in words { #expect(read.count { $0 == word } == 1, "\(word)") }
    }
}
