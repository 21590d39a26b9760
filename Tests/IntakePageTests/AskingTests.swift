import IntakeOpening
import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// Release and consent: what the page sends besides texts.
@Suite struct AskingTests {
    let house = PaperHouse()

    /// A number as a part.
    func kind(_ kind: ReporterMessage.Kind) -> [UInt8] { Parts.number(Int(kind.rawValue)) }

    func seal(
        _ visit: Visit,
        _ kind: ReporterMessage.Kind,
        to name: String,
        about: [UInt8]
    )
        -> Outcome
    {
        visit.seal(
            kind: self.kind(kind),
            organisation: [UInt8](name.utf8),
            text: [],
            answers: [],
            about: about,
            stamp: Stamp.random().bytes
        )
    }

    /// The sealed message as its desk admits it.
    func admitted(_ outcome: Outcome, at name: String) throws -> ReporterMessage {
        try #require(outcome.status == 0)
        let submission = try Submission(bytes: try #require(outcome.parts.first))
        let plaintext = try submission.envelope.open(with: house.party(name).seal)
        let frame = try Frame(bytes: plaintext, magic: .reporter)
        return try ReporterMessage(admitting: frame)
    }

    @Test func `a release opens exactly the message it is about`() throws {
        let message = house.message(slot: 77)
        house.days = [(day("2026-02-10"), [message])]
        let visit = house.visit().visit
        #expect(try house.seen(visit).map(\.state) == [.overdue])
        let index = Parts.number(house.index(message))
        let sealed = seal(visit, .release, to: "helpdesk", about: index)
        let release = try #require(try admitted(sealed, at: "helpdesk").release)
        #expect(release.envelope == message.digest)
        #expect(release.from == house.party("nl-vi").id)
        #expect(release.opening == house.thread("nl-vi").keys.tags.release(slot: 77))
    }

    @Test func `a release goes to the escalation organisation alone, about a message found`() throws
    {
        let message = house.message()
        house.days = [(day("2026-02-10"), [message])]
        let visit = house.visit().visit
        let index = Parts.number(house.index(message))
        let about = SealRefusal.about.rawValue
        #expect(
            seal(visit, .release, to: "helpdesk", about: index).status == about,
            "not looked for"
        )
        _ = try house.seen(visit)
        #expect(seal(visit, .release, to: "nl-ocw", about: index).status == about)
        #expect(seal(visit, .release, to: "helpdesk", about: Parts.number(0)).status == about)
        #expect(seal(visit, .release, to: "helpdesk", about: []).status == about)
        #expect(seal(visit, .release, to: "helpdesk", about: index).status == 0)
    }

    @Test func `a consent hands over the keys of the other organisation's thread`() throws {
        house.days = [(day("2026-03-02"), [])]
        let visit = house.visit().visit
        let sealed = seal(visit, .consent, to: "nl-vi", about: [UInt8]("nl-ocw".utf8))
        let message = try admitted(sealed, at: "nl-vi")
        let keys = try #require(message.transferKeys)
        #expect(message.text.isEmpty && keys.organisation == house.party("nl-ocw").id)
        let opened = house.party("nl-ocw").seal.open(keys.sealed)?.exposed
        let there = house.thread("nl-ocw")
        let expected =
            there.keys.thread.publicKey.bytes + there.keys.reply.publicKey.bytes
            + there.keys.tags.exposed
        #expect(opened == expected)
    }

    @Test func `a consent needs another organisation of the directory`() throws {
        house.days = [(day("2026-03-02"), [])]
        let visit = house.visit().visit
        for other in ["nobody", "nl-vi", "", "NL"] {
            let sealed = seal(visit, .consent, to: "nl-vi", about: [UInt8](other.utf8))
            #expect(sealed.status == SealRefusal.about.rawValue, "\(other)")
        }
    }

    @Test func `another code finds nothing of the last one`() throws {
        house.days = [(day("2026-02-10"), [house.message()])]
        let visit = house.visit().visit
        #expect(try house.seen(visit).count == 1)
        _ = visit.takeRoot([UInt8](repeating: 7, count: 32))
        let index = Parts.number(house.index(house.message()))
        let about = SealRefusal.about.rawValue
        #expect(seal(visit, .release, to: "helpdesk", about: index).status == about)
        #expect(try house.seen(visit) == [])
    }
}
