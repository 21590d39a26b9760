import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// Where a message of the reporter is, from the log alone.
@Suite struct MessageTests {
    let house = PaperHouse()

    /// The code's message, carried on that day among those of others.
    func logged(_ date: String, _ message: Leaf) {
        let others = (0..<3).map { _ in
            Leaf.submission(house.party("nl-vi").id, .random(), Digest(of: []))
        }
        house.days.append((day(date), others + [message] + others))
    }

    @Test func `a message in the signed tree is recorded`() throws {
        logged("2026-03-02", house.message())
        let expected = Seen(
            "nl-vi",
            .recorded,
            "2026-03-02",
            until: "2026-03-16",
            other: "helpdesk"
        )
        #expect(try house.seen() == [expected])
    }

    @Test func `every slot is found`() throws {
        for slot in [UInt32(0), 1, 4096, .max] { logged("2026-03-02", house.message(slot: slot)) }
        #expect(try house.seen().count == 4)
    }

    @Test func `below the cosigned size it is at the organisation`() throws {
        logged("2026-02-20", house.message())
        house.cosigned[0] = house.size(with: house.message())
        #expect(try house.seen().map(\.state) == [.atOrganisation])
    }

    @Test func `the cosigned size itself is not below it`() throws {
        logged("2026-03-02", house.message())
        house.cosigned[0] = house.index(house.message())
        #expect(try house.seen().map(\.state) == [.recorded])
    }

    @Test func `places count from the log's beginning, not from the months in view`() throws {
        logged("2026-01-05", .reply(house.party("nl-vi").id, .random(), Digest(of: [])))
        logged("2026-03-02", house.message())
        house.cosigned[0] = house.index(house.message())
        #expect(try house.seen().map(\.state) == [.recorded])
        house.cosigned[0] = house.size(with: house.message())
        #expect(try house.seen().map(\.state) == [.atOrganisation])
    }

    @Test func `another organisation's cosignature says nothing`() throws {
        logged("2026-03-02", house.message())
        house.cosigned[1] = house.size(with: house.message())
        #expect(try house.seen().map(\.state) == [.recorded])
    }

    @Test(arguments: [(8, true), (9, false)])
    func `overdue begins after the days of the directory`(patience: Int, isOverdue: Bool) throws {
        house.patience = patience
        logged("2026-03-02", house.message())
        house.days.append((day("2026-03-09"), []))
        #expect(try house.seen().map(\.state) == [isOverdue ? .overdue : .recorded])
    }

    @Test func `what was picked up is never overdue`() throws {
        house.patience = 1
        logged("2026-03-02", house.message())
        house.days.append((day("2026-03-09"), []))
        house.cosigned[0] = house.size(with: house.message())
        #expect(try house.seen().map(\.state) == [.atOrganisation])
    }

    @Test func `without escalation nothing becomes overdue`() throws {
        logged("2026-02-02", house.message("helpdesk"))
        #expect(try house.seen() == [Seen("helpdesk", .recorded, "2026-02-02")])
    }

    @Test func `strangers' tags and tags at another organisation are not the code's`() throws {
        let own = house.message()
        logged("2026-03-02", .submission(house.party("helpdesk").id, own.tag, own.digest))
        logged("2026-03-02", .reply(house.party("nl-vi").id, own.tag, own.digest))
        logged("2026-03-02", .overdue(house.party("helpdesk").id, own.tag, own.digest))
        #expect(try house.seen() == [])
    }

    @Test func `a tag over another envelope is not there at all`() throws {
        let own = house.message()
        logged("2026-03-02", .submission(house.party("nl-vi").id, own.tag, Digest(of: [1])))
        house.cosigned[0] = house.checkpointSize
        #expect(try house.seen() == [])
    }

    @Test func `before the drop was asked, what the log says is told`() throws {
        let reply = house.reply()
        logged("2026-03-02", house.message())
        house.days.append((day("2026-03-04"), [reply.leaf]))
        let visit = house.visit().visit
        #expect(try house.seen(visit.look([])).map(\.state) == [.recorded, .coming])
        #expect(try house.seen(visit, [reply.entry]).map(\.state) == [.recorded, .answered])
        #expect(try house.seen(visit).map(\.state) == [.shownLess, .withheld])
        #expect(visit.look([1]).status == LookRefusal.malformed.rawValue)
    }

    @Test func `forty thousand leaves of strangers do not hold anybody up`() throws {
        let own = house.message()
        for date in ["2026-02-20", "2026-03-02"] {
            let others = (0..<20_000).map { _ in
                Leaf.submission(house.party("nl-vi").id, .random(), own.digest)
            }
            house.days.append((day(date), others))
        }
        house.days[1].leaves.append(own)
        let visit = house.visit().visit
        let begun = ContinuousClock.now
        #expect(try house.seen(visit).map(\.state) == [.recorded])
        #expect(ContinuousClock.now - begun < .seconds(8))
    }

    @Test func `a cosignature of another tree closes the page`() throws {
        logged("2026-03-02", house.message())
        let other = PaperHouse()
        other.days = house.days
        house.cosigned[0] = 4
        let note = house.party("nl-vi").signer.cosigning(
            house.paper.log.checkpoint(size: 4, root: Digest(of: [1])),
            day: day("2026-03-03")
        )
        let list = CheckpointList(newest: house.checkpoint(), cosigned: [note, nil, nil])
        let visit = house.visit().visit
        #expect(visit.open(house.files(list: list)).status == OpeningRefusal.log.rawValue)
    }
}
