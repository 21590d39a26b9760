import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// Days of a world in which everybody is honest: people write, couriers walk twice a week, desks
/// answer, ask, transfer and take back, and some organisation is on holiday now and then.
final class Life {
    /// What a desk answered.
    struct Answer {
        let person: Person
        let organisation: OrganisationID
        let words: String
        /// The day whose close logs it: desks answer just before the courier comes.
        let day: Day
    }

    let world: World
    var chance: Chance
    private(set) var people: [Person] = []
    private(set) var answers: [Answer] = []
    /// Words that a desk withdrew.
    private(set) var takenBack: Set<String> = []
    /// Until which day an organisation does not pick up.
    private(set) var holidays: [OrganisationID: Day] = [:]
    /// The day an organisation's courier came last.
    private(set) var lastCarried: [OrganisationID: Day] = [:]
    /// Which messages are expected to be read where, beside where they were written to.
    private(set) var transferred: [(words: String, to: OrganisationID)] = []
    private var count = 0

    init(_ world: World, seed: UInt64) {
        self.world = world
        chance = Chance(seed: seed)
    }

    /// One day, from morning to night.
    func day() async throws {
        if try world.directory.expires < world.today.adding(20) { try world.installDirectory() }
        try await write()
        try await release()
        try await consent()
        for id in world.ids where isAtWork(id) {
            try handOn(id)
            try answer(id)
            expectCalm(try world.carry(id), id)
            lastCarried[id] = world.today
        }
        try world.pass()
    }

    /// Couriers walk twice a week; some holidays begin by chance.
    func isAtWork(_ id: OrganisationID) -> Bool {
        if let until = holidays[id] {
            guard world.today > until else { return false }
            holidays[id] = nil
        }
        guard !chance.happens(onceIn: 60) else {
            holidays[id] = world.today.adding(UInt32.random(in: 4...12, using: &chance))
            return false
        }
        return world.today.number % 7 % 3 == 0
    }

    /// Somebody more to live along.
    func newPerson() -> Person {
        let person = Person()
        people.append(person)
        return person
    }

    private func word(_ kind: String) -> String {
        count += 1
        return "\(kind) \(count)"
    }

    private func write() async throws {
        for _ in 0..<Int.random(in: 0...1, using: &chance) {
            let isNew = people.isEmpty || chance.happens(onceIn: 2)
            let person = isNew ? newPerson() : chance.pick(people)
            let id = person.reports.last?.organisation ?? chance.pick(world.ids)
            let kind: ReporterMessage.Kind = isNew ? .report : .followUp
            try await person.write(word("bericht"), kind: kind, to: id, in: world)
        }
    }

    /// Whoever sees that a message is overdue passes it on, sometimes.
    private func release() async throws {
        for person in people where chance.happens(onceIn: 3) {
            for message in person.reports {
                guard
                    let escalation = try world.directory.organisation(message.organisation)?
                        .escalation,
                    world.today.number - message.day.number >= escalation.days,
                    lastCarried[message.organisation] ?? Day(number: 0) <= message.day,
                    !person.released.contains(message.envelope)
                else { continue }
                try await person.write(
                    "",
                    kind: .release,
                    to: escalation.organisation,
                    releasing: message,
                    in: world
                )
            }
        }
    }

    /// Whoever finds a question about a transfer says yes.
    private func consent() async throws {
        for person in people where !person.asked.isEmpty {
            let asking = person.asked.removeFirst()
            let questions = try person.replies(from: asking.by, in: world)
                .filter { $0.other == asking.to }
            guard !questions.isEmpty else {
                person.asked.append(asking)
                continue
            }
            try await person.write(
                "",
                kind: .consent,
                to: asking.by,
                transferTo: asking.to,
                in: world
            )
            person.agreed.append(
                Person.Asking(by: asking.by, to: asking.to, day: world.today)
            )
        }
    }

    /// Hands on every thread whose reporter agreed.
    private func handOn(_ id: OrganisationID) throws {
        let isAgreed = people.contains { $0.agreed.contains { $0.by == id } }
        guard isAgreed else { return }
        for person in people { person.agreed.removeAll { $0.by == id && !isUnderWay($0) } }
        let desk = try world.desk(id)
        for summary in try desk.threads()
        where summary.newestDay.adding(16) >= world.today {
            let view = try desk.thread(summary.thread)
            for part in view.transferred where part.open > 0 {
                _ = try desk.transfer(summary.thread, today: world.today)
                let words = view.messages.filter {
                    $0.source == .written && $0.message.kind.tells
                }.map { String(utf8: $0.message.text) }
                for word in words
                where !transferred.contains(where: {
                    $0.words == word && $0.to == part.organisation
                }) {
                    transferred.append((word, part.organisation))
                }
            }
        }
    }

    /// Whether a yes was not logged long enough ago to have come.
    private func isUnderWay(_ asking: Person.Asking) -> Bool {
        asking.day.adding(20) >= world.today
    }

    private func answer(_ id: OrganisationID) throws {
        let desk = try world.desk(id)
        for thread in try desk.threads() where thread.state.awaitsAnswer {
            guard chance.happens(onceIn: 2) else { continue }
            let view = try desk.thread(thread.thread)
            let person = try author(of: view)
            let asksTo = chance.happens(onceIn: 8) ? world.ids.first { $0 != id } : nil
            let words = word("antwoord")
            do {
                let reply = try desk.reply(
                    to: thread.thread,
                    kind: asksTo == nil ? .message : .transfer,
                    text: ascii(words),
                    other: asksTo,
                    today: world.today
                )
                answers.append(
                    Answer(person: person, organisation: id, words: words, day: world.today)
                )
                if let asksTo {
                    person.asked.append(Person.Asking(by: id, to: asksTo, day: world.today))
                }
                guard asksTo == nil, chance.happens(onceIn: 15) else { continue }
                let number = Int(reply.number) + 1
                _ = try desk.withdraw(number, in: thread.thread, today: world.today)
                takenBack.insert(words)
            } catch let error as NewReplyError {
                #expect(error == .threadFull)
            }
        }
    }

    private func author(of view: ThreadView) throws -> Person {
        let words = view.messages.map { String(utf8: $0.message.text) }.filter { !$0.isEmpty }
        let digests = view.messages.compactMap { $0.message.release?.envelope }
        return try #require(
            people.first { person in
                person.written.contains { words.contains($0.words) }
                    || person.written.contains { digests.contains($0.envelope) }
            }
        )
    }

    func expectCalm(_ outcome: ImportOutcome, _ id: OrganisationID) {
        let said = outcome.alarms.map(\.text).joined(separator: " ")
        #expect(
            outcome.alarms == [],
            "\(id) on \(world.today.description), seed \(chance.seed): \(said)"
        )
        #expect(outcome.unreadable == 0, "\(id), seed \(chance.seed)")
    }

    /// Carries everything everywhere until nothing is under way.
    func settle() throws {
        for _ in 0..<3 {
            for id in world.ids {
                try handOn(id)
                expectCalm(try world.carry(id), id)
            }
            try world.pass()
        }
    }
}
