import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// What a server leaves out, or does not sign, is bounded by what is signed and in view.
@Suite struct ShownLessTests {
    let house = PaperHouse()

    init() {
        house.patience = 3
    }

    func log(_ date: String, _ leaves: Leaf...) { house.days.append((day(date), leaves)) }

    /// That nl-vi acknowledged everything up to a leaf.
    func acknowledged(_ leaf: Leaf) -> Leaf {
        .acknowledgement(
            house.party("nl-vi").id,
            size: UInt64(house.size(with: leaf)),
            digest: Digest(of: [7])
        )
    }

    func hour(_ date: String) -> UInt32 { day(date).number * 24 + 9 }

    // MARK: the checkpoint list's entry

    @Test func `an emptied entry does not make overdue what the log says was picked up`() throws {
        let own = house.message()
        log("2026-03-02", own)
        log("2026-03-04", acknowledged(own))
        log("2026-03-09")
        #expect(try house.seen().map(\.state) == [.shownLess])
        house.cosigned[0] = house.size(with: own)
        #expect(try house.seen().map(\.state) == [.atOrganisation])
    }

    @Test func `an old entry does not either, and not for what came later`() throws {
        let (own, later) = (house.message(), house.message(slot: 9))
        log("2026-03-02", own)
        log("2026-03-03", acknowledged(own))
        log("2026-03-05", later)
        log("2026-03-09")
        house.cosigned[0] = 1
        #expect(try house.seen().map(\.state) == [.shownLess, .shownLess])
        house.cosigned[0] = house.size(with: own)
        #expect(try house.seen().map(\.state) == [.atOrganisation, .overdue])
    }

    @Test func `the acknowledgement of another organisation proves nothing`() throws {
        let own = house.message()
        log("2026-03-02", own)
        let size = UInt64(house.size(with: own))
        log(
            "2026-03-04",
            .acknowledgement(house.party("helpdesk").id, size: size, digest: own.digest)
        )
        log("2026-03-09")
        #expect(try house.seen().map(\.state) == [.overdue])
    }

    @Test func `what is not due yet and not acknowledged is recorded all the same`() throws {
        let (own, later) = (house.message(), house.message(slot: 9))
        log("2026-03-02", own)
        log("2026-03-04", acknowledged(own))
        log("2026-03-09", later)
        #expect(try house.seen().map(\.state) == [.shownLess, .recorded])
    }

    @Test func `who opens the page is not told that nothing was ever picked up`() throws {
        let own = house.message()
        log("2026-03-02", own)
        log("2026-03-04", acknowledged(own))
        let visit = house.visit().visit
        func shown() -> [[UInt8]] { Array(visit.open(house.files()).parts[6..<10]) }
        #expect(shown()[2...] == [Parts.number(2), []])
        house.cosigned[0] = 1
        #expect(shown()[2...] == [Parts.number(2), []], "nor that it was then")
        house.cosigned[0] = house.size(with: own)
        #expect(shown()[2...] == [Parts.number(1), [UInt8]("2026-03-09".utf8)])
    }

    // MARK: answers

    @Test func `what an answer answers is not overdue`() throws {
        let own = house.message()
        let reply = house.reply(written: "2026-03-05", to: own)
        log("2026-03-02", own)
        log("2026-03-06", reply.leaf)
        log("2026-03-09")
        #expect(try house.seen([reply.entry]).map(\.state) == [.shownLess, .answered])
    }

    @Test func `what an answer answers is held before it is due, what follows is not`() throws {
        house.patience = 30
        let (own, later) = (house.message(), house.message(slot: 9))
        let reply = house.reply(written: "2026-03-05", to: own)
        log("2026-03-02", own, later)
        log("2026-03-06", reply.leaf)
        let states = try house.seen([reply.entry]).map(\.state)
        let first = try house.seen().map(\.state)
        #expect(house.index(later) == house.size(with: own))
        #expect(states == [.shownLess, .recorded, .answered])
        #expect(first == [.shownLess, .shownLess, .withheld])
    }

    @Test func `an answer that was taken back shows that somebody answered`() throws {
        let reply = house.reply(written: "2026-03-05").leaf
        log("2026-03-02", house.message())
        log("2026-03-06", reply)
        log("2026-03-09", .withdrawal(house.party("nl-vi").id, reply.tag, reply.digest))
        #expect(try house.seen().map(\.state) == [.shownLess, .withdrawn])
    }

    @Test func `an answer proves it too where its leaf is hidden`() throws {
        let own = house.message()
        let reply = house.reply(written: "2026-03-05", to: own)
        log("2026-03-02", own)
        log("2026-03-09")
        #expect(try house.seen([reply.entry]).map(\.state) == [.shownLess])
    }

    @Test func `whoever answered has signed something`() throws {
        let own = house.message()
        let reply = house.reply(written: "2026-03-05")
        log("2026-03-02", own)
        log("2026-03-06", reply.leaf)
        log("2026-03-09")
        #expect(try house.seen([reply.entry]).map(\.state) == [.shownLess, .answered])
    }

    @Test func `what was written after the answered message may be overdue`() throws {
        let (own, later) = (house.message(), house.message(slot: 9))
        let reply = house.reply(written: "2026-03-03", to: own)
        log("2026-03-02", own)
        log("2026-03-04", reply.leaf)
        log("2026-03-05", later)
        log("2026-03-09")
        house.cosigned[0] = house.size(with: own)
        let states = try house.seen([reply.entry]).map(\.state)
        #expect(states == [.atOrganisation, .overdue, .answered])
    }

    @Test func `a stranger's reply proves nothing`() throws {
        let own = house.message()
        let reply = house.reply(written: "2026-03-05", by: "helpdesk", to: own)
        log("2026-03-02", own)
        log("2026-03-06", reply.leaf)
        log("2026-03-09")
        #expect(try house.seen([reply.entry]).map(\.state) == [.overdue])
    }

    @Test func `an emptied drop does not make overdue what came before the answer`() throws {
        let own = house.message()
        log("2026-03-02", own)
        log("2026-03-06", house.reply(to: own).leaf)
        log("2026-03-09")
        house.cosigned[0] = 1
        #expect(try house.seen().map(\.state) == [.shownLess, .withheld])
    }

    // MARK: the hour

    @Test func `an hour ahead of the log makes nothing overdue`() throws {
        log("2026-03-02", house.message())
        let states = try ["2026-03-10", "2026-03-31", "2026-04-30"].map {
            try house.seen(hour: hour($0)).map(\.state)
        }
        #expect(states == [[.recorded], [.recorded], [.recorded]])
        log("2026-03-04")
        #expect(try house.seen().map(\.state) == [.overdue], "the log itself came so far")
    }

    @Test func `an hour ahead of the log makes no withheld answer an old one`() throws {
        log("2026-01-20", house.reply().leaf)
        log("2026-03-09")
        let ahead = hour("2026-04-30")
        let months = ["2026-02", "2026-01"]
        #expect(try house.seen(back: months, hour: ahead).map(\.state) == [.withheld])
    }

    @Test func `an hour ahead of the log lets no young month be erased`() throws {
        log("2025-12-02", house.message())
        log("2026-03-02")
        let visit = house.visit().visit
        #expect(visit.look(back: house.month("2026-01").monthFile).status == 0)
        #expect(visit.refresh(challenge: house.challenge(at: hour("2026-05-30")).bytes).status == 0)
        let gone = LogRun(before: house.month("2025-12").before, leaves: [])
        #expect(visit.look(back: gone.monthFile).status == OpeningRefusal.log.rawValue)
    }
}
