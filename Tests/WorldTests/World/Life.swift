import SealedIntake
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Days of a world in which everybody is honest: people write, couriers walk on working days,
/// desks answer, and some organisation is on holiday now and then.
final class Life {
    let world: World
    var chance: Chance
    private(set) var people: [Person] = []
    /// What desks answered, by the words they used.
    private(set) var answers: [(person: Person, organisation: OrganisationID, words: String)] = []
    /// Until which day an organisation does not pick up.
    private(set) var holidays: [OrganisationID: Day] = [:]
    private var count = 0

    init(_ world: World, seed: UInt64) {
        self.world = world
        chance = Chance(seed: seed)
    }

    /// One day, from morning to night.
    func day() async throws {
        if try world.directory.expires < world.today.adding(20) { try world.installDirectory() }
        try await write()
        for id in world.ids where isAtWork(id) {
            try answer(id)
            try expectCalm(try world.carry(id), id)
        }
        try world.pass()
    }

    /// Couriers walk twice a week; some holidays begin by chance.
    func isAtWork(_ id: OrganisationID) -> Bool {
        if let until = holidays[id] {
            guard world.today > until else { return false }
            holidays[id] = nil
        }
        guard !chance.happens(onceIn: 100) else {
            holidays[id] = world.today.adding(UInt32.random(in: 4...15, using: &chance))
            return false
        }
        return world.today.number % 7 % 3 == 0
    }

    private func write() async throws {
        for _ in 0..<Int.random(in: 0...2, using: &chance) {
            let isNew = people.isEmpty || chance.happens(onceIn: 2)
            let person = isNew ? Person() : chance.pick(people)
            if isNew { people.append(person) }
            let id = person.written.last?.organisation ?? chance.pick(world.ids)
            count += 1
            try await person.write(
                "bericht \(count)",
                kind: isNew ? .report : .followUp,
                to: id,
                in: world
            )
        }
    }

    private func answer(_ id: OrganisationID) throws {
        let desk = try world.desk(id)
        for thread in try desk.threads() where thread.state.awaitsAnswer {
            guard chance.happens(onceIn: 2) else { continue }
            let view = try desk.thread(thread.thread)
            let words = view.messages.map { text($0.message.text) }
            let person = try #require(
                people.first { person in
                    person.written.contains { words.contains($0.words) }
                }
            )
            count += 1
            let answer = "antwoord \(count)"
            do throws(DeskError) {
                _ = try desk.reply(
                    to: thread.thread,
                    kind: .message,
                    text: ascii(answer),
                    today: world.today
                )
                answers.append((person, id, answer))
            } catch {
                #expect(error == .reply(.threadFull))
            }
        }
    }

    private func expectCalm(_ outcome: ImportOutcome, _ id: OrganisationID) throws {
        #expect(
            outcome.alarms == [],
            "\(id) on \(text(world.today.text)), seed \(chance.seed): \(outcome.alarms.map(\.text))"
        )
        #expect(outcome.unreadable == 0)
    }

    /// Carries everything everywhere, twice, so that nothing is under way.
    func settle() throws {
        for _ in 0..<2 {
            for id in world.ids { try expectCalm(try world.carry(id), id) }
            try world.pass()
        }
        for id in world.ids { try expectCalm(try world.carry(id), id) }
    }

    /// Nothing is lost and nothing is doubled: each message is at its desk once, each answer of
    /// the last 90 days is found by its person once.
    func expectWhole() throws {
        for id in world.ids {
            let desk = try world.desk(id)
            let read = try desk.threads().flatMap { summary in
                try desk.thread(summary.thread).messages.map { text($0.message.text) }
            }
            let written = people.flatMap(\.written).filter { $0.organisation == id }
            #expect(read.sorted() == written.map(\.words).sorted(), "seed \(chance.seed)")
        }
        for person in people {
            for id in Set(person.written.map(\.organisation)) {
                let found = try person.replies(from: id, in: world).map { text($0.text) }
                let sent = answers.filter { $0.person === person && $0.organisation == id }
                #expect(found.sorted() == sent.map(\.words).sorted(), "seed \(chance.seed)")
            }
        }
    }
}
