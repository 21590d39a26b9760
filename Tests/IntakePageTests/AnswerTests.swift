import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// What became of an answer, from the log and the drop.
@Suite struct AnswerTests {
    let house = PaperHouse()

    func log(_ date: String, _ leaves: Leaf...) { house.days.append((day(date), leaves)) }

    @Test func `a reply in the drop with its leaf is an answer`() throws {
        let reply = house.reply()
        log("2026-03-04", reply.leaf)
        let expected = Seen("nl-vi", .answered, "2026-03-02", until: "2026-06-02", words: "Dag.")
        #expect(try house.seen([reply.entry]) == [expected])
    }

    @Test func `an answer that a desk signed with a key of before is one`() throws {
        let before = PaperOrganisation("nl-vi", of: PaperHouse.name)
        let reply = house.reply(before: before)
        log("2026-03-04", reply.leaf)
        #expect(try house.seen([reply.entry]) == [])
        house.listed["nl-vi"] = ListedKeys(before: before)
        #expect(try house.seen([reply.entry]).map(\.state) == [.answered])
    }

    @Test func `an answer from before the months in view is told once`() throws {
        let reply = house.reply(written: "2026-01-31")
        log("2026-01-20")
        log("2026-02-01", reply.leaf)
        #expect(try house.seen([reply.entry]).map(\.state) == [.answered])
    }

    @Test func `a question for a transfer says to whom`() throws {
        let reply = house.reply(kind: .transfer)
        log("2026-03-04", reply.leaf)
        #expect(try house.seen([reply.entry]).map(\.other) == ["nl-ocw"])
    }

    @Test func `a reply without its leaf is no answer`() throws {
        log("2026-03-04", house.message())
        #expect(try house.seen([house.reply().entry]).map(\.state) == [.recorded])
    }

    @Test func `another reply than the logged one is none, and the logged one is withheld`() throws
    {
        log("2026-03-04", house.reply().leaf)
        #expect(try house.seen([house.reply().entry]).map(\.state) == [.withheld])
    }

    @Test func `the same tag logged by another organisation is not its leaf`() throws {
        let reply = house.reply()
        log("2026-03-04", .reply(house.party("helpdesk").id, reply.leaf.tag, reply.leaf.digest))
        #expect(try house.seen([reply.entry]) == [])
    }

    @Test func `a leaf without its reply is a withheld answer`() throws {
        log("2026-03-04", house.reply().leaf)
        let expected = Seen("nl-vi", .withheld, "2026-03-04", until: "2026-06-02")
        #expect(try house.seen() == [expected])
    }

    @Test func `a reply that was withdrawn is not withheld and not shown`() throws {
        let reply = house.reply()
        let leaf = reply.leaf
        log("2026-03-04", leaf)
        log("2026-03-05", .withdrawal(house.party("nl-vi").id, leaf.tag, leaf.digest))
        #expect(try house.seen().map(\.state) == [.withdrawn])
        #expect(try house.seen([reply.entry]).map(\.words) == [""])
    }

    @Test func `another organisation cannot take a reply back`() throws {
        let leaf = house.reply().leaf
        log("2026-03-04", leaf, .withdrawal(house.party("helpdesk").id, leaf.tag, leaf.digest))
        #expect(try house.seen().map(\.state) == [.withheld])
    }

    @Test func `a withdrawal of another reply leaves this one withheld`() throws {
        let leaf = house.reply().leaf
        log("2026-03-04", leaf, .withdrawal(house.party("nl-vi").id, leaf.tag, Digest(of: [])))
        #expect(try house.seen().map(\.state) == [.withheld])
    }

    @Test func `a logged reply that is not its desk's is passed over`() throws {
        let reply = house.reply(by: "helpdesk")
        log("2026-03-04", reply.leaf)
        #expect(try house.seen([reply.entry]) == [])
    }

    @Test func `all sixty-four numbers are looked for`() throws {
        let replies = [UInt32(0), 1, 63].map { house.reply(number: $0) }
        house.days.append((day("2026-03-04"), replies.map(\.leaf)))
        #expect(
            try house.seen(replies.map(\.entry)).map(\.state) == [.answered, .answered, .answered]
        )
    }

    @Test func `number sixty-four is looked for no more`() throws {
        let (last, beyond) = (house.reply(number: 63), house.reply(number: 64))
        log("2026-03-04", last.leaf, beyond.leaf)
        let withheld = Seen("nl-vi", .withheld, "2026-03-04", until: "2026-06-02")
        #expect(try house.seen([beyond.entry]) == [withheld])
        #expect(try house.seen([last.entry, beyond.entry]).map(\.state) == [.answered])
    }
}
