import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// A world in which somebody lies, and what everybody honest there knows by now.
///
/// Who is honest does every day what an honest one does, and is held to it: who was lied to sees
/// the alarms of the lies that were told and no other, is stopped by nothing but what cannot be
/// undone, and nobody's words are lost.
final class Town {
    /// Small batches, and overdue after a few days, so that little makes a day.
    static let plan = WorldPlan(organisations: [
        WorldPlan.Listed(name: "nl-vi", batch: 2, escalation: ("helpdesk", 2)),
        WorldPlan.Listed(name: "ggd", batch: 1, escalation: ("helpdesk", 40)),
        WorldPlan.Listed(name: "helpdesk", batch: 1, escalation: nil),
    ])

    /// What a hostile reporter writes where it is a message all the same.
    static let mischief = "kwaad"

    let world: World
    let seed: UInt64
    var chance: Chance
    private(set) var people: [Person] = []
    /// Answers, by the words used.
    private(set) var answers: [(person: Person, organisation: OrganisationID, words: String)] = []
    /// The alarms each desk showed last.
    private(set) var seen: [OrganisationID: [Alarm]] = [:]
    /// Lasting alarms that the lies told so far explain.
    var explained: Set<String> = []
    /// Desks that put their name under another log than everybody's, and whom nothing can help.
    var stopped: Set<OrganisationID> = []
    /// Words that a lie lost for good.
    var lost: Set<String> = []
    /// Whether an audit of the log finds nothing wrong still.
    var isLogTrue = true
    /// How many leaves the log had when the lie of now began: what comes late of others is no news.
    var news: UInt64 = 0
    private var count = 0

    init(seed: UInt64) throws {
        self.seed = seed
        chance = Chance(seed: seed)
        world = try World(Self.plan)
    }

    /// Those whom nothing stopped.
    var working: [OrganisationID] { world.ids.filter { !stopped.contains($0) } }

    /// The first days: everybody is written to, answers one person, and has cosigned twice.
    func begin() async throws {
        for id in world.ids { _ = try await report(to: id) }
        try world.pass()
        for id in world.ids { try carry(id) }
        for id in world.ids { try answer(id) }
        try world.pass()
        for id in world.ids { try carry(id) }
        try world.pass()
    }

    /// Somebody new reports.
    @discardableResult
    func report(to id: OrganisationID) async throws -> Person.Written {
        let person = Person()
        people.append(person)
        count += 1
        return try await person.write("bericht \(count)", to: id, in: world)
    }

    /// The person who wrote something.
    func author(of message: Person.Written) throws -> Person {
        try #require(people.first { $0.reports.contains { $0.envelope == message.envelope } })
    }

    /// The desk answers the newest thread that was not answered.
    @discardableResult
    func answer(_ id: OrganisationID) throws -> (person: Person, words: String)? {
        let desk = try world.desk(id)
        for thread in try desk.threads() where thread.state.awaitsAnswer {
            let words = try desk.thread(thread.thread).messages.map {
                String(utf8: $0.message.text)
            }
            guard
                let person = people.first(where: { person in
                    person.reports.contains { words.contains($0.words) }
                })
            else { continue }
            count += 1
            let answer = "antwoord \(count)"
            _ = try desk.reply(
                to: thread.thread,
                kind: .message,
                text: ascii(answer),
                today: world.today
            )
            answers.append((person, id, answer))
            return (person, answer)
        }
        return nil
    }

    /// Both ways of an honest courier's round, and what an honest desk must see.
    func carry(_ id: OrganisationID) throws {
        let found = try take(try world.stickIn(id), at: id)
        guard !stopped.contains(id) else {
            #expect(found == [.refused(.otherHistory, proof: true)], "\(id), seed \(seed)")
            return
        }
        let unexplained = found.filter { one in
            !explained.contains { one == .alarm($0, lasting: true) }
        }
        #expect(unexplained == [], "\(id), seed \(seed)")
        expectExplained(id)
        try world.bringBack(try world.stickOut(id))
    }

    /// Nothing but alarms of lies that were told, and all of those stay.
    func expectExplained(_ id: OrganisationID) {
        for alarm in seen[id] ?? [] {
            #expect(
                alarm.isLasting && explained.contains(alarm.word),
                "\(id) is alarmed for nothing, seed \(seed): \(alarm.text)"
            )
        }
    }

    /// What a desk makes of a stick: how a lie comes out, or nothing where it takes and cosigns it.
    func take(_ path: String, at id: OrganisationID) throws -> [Catch] {
        let before = seen[id] ?? []
        do {
            let outcome = try world.take(path, at: id)
            seen[id] = outcome.alarms
            let new = outcome.alarms.filter { !before.contains($0) && !isLate($0) }
            let alarms = new.map { Catch.alarm($0.word, lasting: $0.isLasting) }
            let newest = try world.desk(id).newestSize
            return alarms + (outcome.cosigned < newest ? [.notCosigned] : [])
        } catch let error as ContainerError {
            seen[id] = try world.desk(id).alarms(today: world.today)
            return [.refused(RefusedImport(error), proof: try verify(error))]
        }
    }

    /// Whether an alarm is of a lie that was told before the one of now.
    private func isLate(_ alarm: Alarm) -> Bool {
        explained.contains(alarm.word) && alarm.leaf.map { $0 < news } ?? false
    }

    /// The same, of bytes.
    func take(_ bytes: [UInt8], at id: OrganisationID) throws -> [Catch] {
        try take(try world.folder.write(bytes, "lie.in"), at: id)
    }

    /// Verifies the proof of a refusal, where it says that there is one.
    private func verify(_ fault: ContainerError) throws -> Bool {
        switch fault {
        case .otherHistory(_, let path), .witnessDiffers(_, let path), .twoRoots(_, let path):
            let file = try #require(path?.split(separator: "/").last)
            let proof = try Contradiction(bytes: try world.folder.read(String(file)))
            try proof.verify(origin: World.deployment, logKeys: [world.logKey.verifierKey])
            explained.insert("contradiction")
            return true
        default: return false
        }
    }

    /// What the store makes of a stick that a desk wrote.
    func bring(_ bytes: [UInt8]) throws -> [Catch] {
        do {
            try world.bringBack(try world.folder.write(bytes, "lie.out"))
            return []
        } catch is StoreError {
            return [.storeRefuses]
        }
    }

    /// Everybody honest goes on until nothing is under way, and nothing is left of any lie but
    /// what was said of it.
    func end() throws {
        for _ in 0..<2 {
            for id in world.ids { try carry(id) }
            try world.pass()
        }
        for id in world.ids { try carry(id) }
        for id in working {
            #expect(try world.desk(id).newestSize == world.store.publication.size, "seed \(seed)")
            let read = try world.desk(id).words.filter { $0 != Self.mischief }
            let written = people.flatMap(\.reports)
                .filter { $0.organisation == id && !lost.contains($0.words) }
            #expect(read == written.map(\.words).sorted(), "\(id), seed \(seed)")
        }
        for person in people {
            for id in working {
                let mine = answers.filter { $0.person === person && $0.organisation == id }
                let kept = mine.map(\.words).filter { !lost.contains($0) }
                guard !mine.isEmpty else { continue }
                let found = try person.replies(from: id, in: world).map { String(utf8: $0.text) }
                #expect(found.sorted() == kept.sorted(), "\(id), seed \(seed)")
            }
        }
        guard isLogTrue else {
            #expect(try world.audit() != [], "seed \(seed)")
            return
        }
        #expect(try world.audit() == [], "seed \(seed)")
        #expect(try PublicView(of: world).refusals(in: world) == [], "seed \(seed)")
        do { try world.check() } catch { Issue.record("\(error), seed \(seed)") }
    }
}

extension Desk {
    /// The size of the newest checkpoint taken.
    var newestSize: UInt64 {
        get throws {
            try vault.read { cells in
                let note = try Checkpoints(reading: cells).newest
                return note.flatMap { try? Checkpoint(text: $0.text) }?.size ?? 0
            }
        }
    }

    /// The note cosigned last.
    var cosignedNote: SignedNote {
        get throws {
            let note = try vault.read { cells in
                try Checkpoints(reading: cells).cosigned
            }
            return try #require(note)
        }
    }

    /// All that was written to it, sorted.
    var words: [String] {
        get throws {
            try threads().flatMap { summary in
                try thread(summary.thread).messages
                    .filter { $0.message.kind.tells && $0.source == .written }
                    .map { String(utf8: $0.message.text) }
            }.sorted()
        }
    }
}
