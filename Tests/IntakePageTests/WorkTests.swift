import IntakeOpening
import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// The stamp that is made while somebody writes, and what it is put on.
@Suite struct WorkTests {
    let house = PaperHouse()

    init() { house.days = [(day("2026-03-02"), [])] }

    private let organisation = [UInt8]("helpdesk".utf8)

    private func seal(_ visit: Visit, stamp: [UInt8]) -> Outcome {
        visit.seal(
            kind: Parts.number(Int(ReporterMessage.Kind.followUp.rawValue)),
            organisation: organisation,
            text: [UInt8]("Dag.".utf8),
            answers: [],
            about: [],
            stamp: stamp
        )
    }

    private func submission(_ outcome: Outcome) throws -> Submission {
        try #require(outcome.status == 0)
        return try Submission(bytes: try #require(outcome.parts.first))
    }

    @Test func `what is asked becomes a stamp worth it, slice by slice`() throws {
        let asked = house.visit().visit.asked(for: organisation)
        #expect(asked.status == 0 && Parts.number(in: asked.parts[2]) == 2)
        let machine = Visit()
        let begun = machine.beginWork(
            hour: asked.parts[0],
            challenge: asked.parts[1],
            tries: asked.parts[2],
            organisation: organisation
        )
        #expect(begun.status == 0)
        var said = machine.work(Parts.number(1))
        while said.parts[1].isEmpty {
            #expect(try #require(Parts.number(in: said.parts[0])) < 4)
            said = machine.work(Parts.number(1))
        }
        #expect(Parts.number(in: said.parts[0]) == 4)
        var reader = ByteReader(said.parts[1])
        let stamp = try Stamp(from: &reader)
        let id = house.party("helpdesk").id
        #expect(stamp.hour == house.challenge().hour)
        #expect(try stamp.isWorth(2, for: id, challenge: house.challenge().bytesToSolve))
    }

    @Test func `work that was not asked like that is not begun`() {
        let (hour, tries) = (Parts.number(1), Parts.number(2))
        let challenge = [UInt8](repeating: 0, count: 16)
        for wrong in [
            ([], challenge, tries, organisation), (hour, [1], tries, organisation),
            (hour, challenge, Parts.number(0), organisation),
            (hour, challenge, Parts.number(65_536), organisation), (hour, challenge, tries, [1]),
        ] {
            let begun = Visit().beginWork(
                hour: wrong.0,
                challenge: wrong.1,
                tries: wrong.2,
                organisation: wrong.3
            )
            #expect(begun.status == WorkRefusal.malformed.rawValue)
        }
        #expect(Visit().work(Parts.number(1)).status == WorkRefusal.malformed.rawValue)
        let stranger = house.visit().visit.asked(for: [UInt8]("nobody".utf8))
        #expect(stranger.status == SealRefusal.unknownOrganisation.rawValue)
    }

    @Test(arguments: [[1, 2], [1, 2, 3, 4], [1, 2, 4097]] as [[UInt16]])
    func `a challenge that does not fit the directory is refused before any work`(tries: [UInt16]) {
        let visit = house.visit().visit
        house.tries = tries
        let refusal = OpeningRefusal.challenge.rawValue
        #expect(house.visit().status == refusal)
        #expect(visit.refresh(challenge: house.challenge().bytes).status == refusal)
        house.tries = [1, 2, 4096]
        #expect(house.visit().status == 0)
        #expect(visit.refresh(challenge: house.challenge().bytes).status == 0)
    }

    @Test func `a message has the stamp that was made before and a tag of its own envelope`() throws
    {
        let visit = house.visit().visit
        let stamp = Stamp.random()
        let sealed = try submission(seal(visit, stamp: stamp.bytes))
        let tags = house.thread("helpdesk")
        let plaintext = try sealed.envelope.open(with: house.party("helpdesk").seal)
        let message = try ReporterMessage(admitting: Frame(bytes: plaintext, magic: .reporter))
        #expect(sealed.stamp == stamp && !sealed.isCover)
        let slot = tags.keys.tags.slot(of: sealed.tag, envelope: sealed.envelope.digest)
        #expect(slot == message.slot)
        #expect(seal(visit, stamp: [1, 2]).status == SealRefusal.stamp.rawValue)
    }

    @Test func `another stamp changes nothing but the stamp`() throws {
        let visit = house.visit().visit
        let first = try submission(seal(visit, stamp: Stamp.random().bytes))
        let stamp = Stamp.random()
        let again = try submission(visit.stamp(first.bytes, with: stamp.bytes))
        #expect(again.stamp == stamp)
        #expect(again.tag == first.tag && again.envelope == first.envelope && !again.isCover)
        let malformed = WorkRefusal.malformed.rawValue
        #expect(visit.stamp(first.bytes, with: [1]).status == malformed)
        #expect(visit.stamp([1], with: stamp.bytes).status == malformed)
    }

    @Test func `only the promise key promises, and only this very body`() throws {
        let visit = house.visit().visit
        let one = try submission(seal(visit, stamp: Stamp.random().bytes))
        let two = try submission(seal(visit, stamp: Stamp.random().bytes))
        let promise = SubmissionPromise(origin: PaperHouse.name, day: PaperHouse.today, for: one)
        let note = house.paper.promise.note(promise.text).bytes
        #expect(visit.verifyPromise(note, for: one.bytes).parts == [PaperHouse.today.text])
        let other = PromiseRefusal.ofAnother.rawValue
        #expect(visit.verifyPromise(note, for: two.bytes).status == other)
        #expect(visit.verifyPromise(note, for: []).status == other)
        let unknown = PromiseRefusal.notOfThisLog.rawValue
        let elsewhere = SubmissionPromise(
            origin: [UInt8]("other.example".utf8),
            day: PaperHouse.today,
            for: one
        )
        let ofOther = house.paper.promise.note(elsewhere.text).bytes
        #expect(visit.verifyPromise(ofOther, for: one.bytes).status == unknown)
        let byLog = house.paper.log.note(promise.text).bytes
        #expect(visit.verifyPromise(byLog, for: one.bytes).status == unknown)
    }

    @Test func `no two covers have anything in common but their form`() throws {
        let visit = house.visit().visit
        let covers = try (0..<40).map { _ in try submission(visit.makeCover()) }
        #expect(covers.allSatisfy { $0.isCover })
        #expect(Set(covers.map(\.stamp)).count == 40 && Set(covers.map(\.tag)).count == 40)
        #expect(Set(covers.map(\.organisation)).count == 3)
    }

    @Test func `a cover's second wrap is one that nobody releases, or a decoy`() throws {
        let visit = house.visit().visit
        let escalation = house.party("helpdesk")
        var kept: Set<[UInt8]> = []
        for _ in 0..<40 {
            let cover = try submission(visit.makeCover())
            let organisation = house.party(cover.organisation.description)
            let wraps = cover.envelope.wraps
            let opened = organisation.seal.open(wraps[0])?.exposed
            let fileKey = try #require(opened)
            // What is told without escalation has a second wrap for nobody of these too.
            let readers = house.paper.organisations.filter { $0.seal.open(wraps[1]) != nil }
            let isEscalated = organisation === house.party("nl-vi")
            #expect(readers.map(\.id) == (isEscalated ? [escalation.id] : []))
            guard let half = escalation.seal.open(wraps[1])?.exposed else { continue }
            #expect(half.count == 32 && half != fileKey)
            kept.insert(half)
        }
        #expect(kept.count > 1)
    }
}
