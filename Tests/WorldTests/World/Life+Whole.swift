import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeDesk

extension Life {
    /// Nothing is lost and nothing is doubled: each message is read once where it was written to,
    /// transferred or released, each answer of the last 90 days is found by its person once.
    func expectWhole() throws {
        let overdue = try world.leaves().filter { $0.type == .overdue }
        for id in world.ids {
            let desk = try world.desk(id)
            let read = try desk.threads().flatMap { summary in
                try desk.thread(summary.thread).messages.filter { $0.message.kind.tells }
                    .map { String(utf8: $0.message.text) }
            }
            var expected = people.flatMap(\.reports).filter { $0.organisation == id }.map(\.words)
            expected += transferred.filter { $0.to == id }.map(\.words)
            for person in people {
                expected += person.reports.filter { message in
                    person.released.contains(message.envelope)
                        && overdue.contains {
                            $0.organisation == id && $0.digest == message.envelope
                        }
                }.map(\.words)
            }
            #expect(read.sorted() == expected.sorted(), "\(id), seed \(chance.seed)")
        }
        try expectAnswers()
    }

    /// Of a day, an answer lies in the drop until the close of the ninetieth day after it.
    func expectAnswers() throws {
        for person in people {
            for id in Set(answers.filter { $0.person === person }.map(\.organisation)) {
                let found = try person.replies(from: id, in: world).map { String(utf8: $0.text) }
                let kept = answers.filter { answer in
                    answer.person === person && answer.organisation == id
                        && !takenBack.contains(answer.words)
                        && answer.day.adding(90) > world.today.previous
                }
                #expect(found.sorted() == kept.map(\.words).sorted(), "seed \(chance.seed)")
            }
        }
    }
}

extension World {
    /// The leaves of the public log, as a visitor reads them.
    func leaves() throws -> [Leaf] {
        try store.publication.monthsWithLeaves.flatMap { month in
            let bytes = try #require(store.publication.month(month, today: today))
            return try LogRun(monthFile: bytes).leaves
        }
    }
}
