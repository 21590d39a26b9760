import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// Older months, one by one, each verified to end where the next begins.
@Suite struct LookBackTests {
    let house = PaperHouse()

    init() {
        for date in ["2025-10-05", "2025-12-05", "2026-01-05", "2026-02-05", "2026-03-05"] {
            let others = (0..<5).map { _ in
                Leaf.submission(house.party("nl-vi").id, .random(), Digest(of: []))
            }
            house.days.append((day(date), others))
        }
    }

    func back(_ visit: Visit, _ month: LogRun) -> (status: Int32, reach: UInt32?) {
        let outcome = visit.look(back: month.monthFile)
        return (outcome.status, outcome.parts.first.flatMap { Parts.number(in: $0) })
    }

    @Test func `months are taken one after the other up to the log's beginning`() throws {
        house.days[0].leaves.append(house.message())
        let visit = house.visit().visit
        for (name, reach) in [
            ("2026-01", LogView.Reach.more), ("2025-12", .more), ("2025-11", .more),
            ("2025-10", .beginning),
        ] {
            #expect(try house.seen(visit) == [])
            #expect(back(visit, house.month(name)) == (0, UInt32(reach.rawValue)), "\(name)")
        }
        #expect(try house.seen(visit).map(\.day) == ["2025-10-05"])
    }

    @Test func `cosigned sizes hold in older months too`() throws {
        house.days[2].leaves.append(house.message())
        house.cosigned[0] = house.size(with: house.message())
        #expect(try house.seen(back: ["2026-01"]).map(\.state) == [.atOrganisation])
    }

    @Test func `a cosigned root that does not fit an older month is refused`() throws {
        house.cosigned[0] = 21
        let note = house.party("nl-vi").signer.cosigning(
            house.paper.log.checkpoint(size: 21, root: Digest(of: [1])),
            day: day("2026-01-06")
        )
        let list = CheckpointList(newest: house.checkpoint(), cosigned: [note, nil, nil])
        let visit = house.visit().visit
        #expect(visit.open(house.files(list: list)).status == 0, "nothing in view contradicts it")
        #expect(back(visit, house.month("2026-01")).status == OpeningRefusal.log.rawValue)
    }

    @Test func `a month that does not end where the next begins is refused`() throws {
        let visit = house.visit().visit
        let january = house.month("2026-01")
        for wrong in [
            LogRun(before: january.before, leaves: [Leaf](january.leaves.dropLast())),
            LogRun(before: january.before, leaves: january.leaves.reversed()),
            LogRun(before: MerkleTree(), leaves: january.leaves),
            house.month("2025-12"),
        ] {
            #expect(back(visit, wrong).status == OpeningRefusal.log.rawValue)
        }
        #expect(visit.look(back: [1, 2, 3]).status == OpeningRefusal.log.rawValue)
        #expect(back(visit, january).status == 0, "a refusal changes nothing")
    }

    @Test func `a month is erased only when it is old enough`() throws {
        let visit = house.visit().visit
        for name in ["2026-01", "2025-12", "2025-11"] {
            #expect(back(visit, house.month(name)).status == 0)
        }
        let october = LogRun(before: MerkleTree(), leaves: [])
        #expect(back(visit, october).status == OpeningRefusal.log.rawValue)
        let old = PaperHouse()
        for date in ["2024-12-30", "2025-01-05", "2026-03-05"] { old.days.append((day(date), [])) }
        let later = old.visit().visit
        var name = day("2026-01-01").month
        while name >= day("2025-02-01").month {
            if name == day("2025-02-01").month {
                // The thirteenth month before this one is kept: who says it is gone lies.
                let early = LogRun(before: MerkleTree(), leaves: [])
                #expect(back(later, early).status == OpeningRefusal.log.rawValue)
            }
            #expect(back(later, old.month(text(name.text))).status == 0)
            name = name.previous
        }
        let january = LogRun(before: old.month("2025-01").before, leaves: [])
        #expect(back(later, january) == (0, UInt32(LogView.Reach.erased.rawValue)))
    }

    @Test func `an answer from before the months in view waits for its leaf`() throws {
        let reply = house.reply(written: "2026-01-04")
        house.days[2].leaves.append(reply.leaf)
        #expect(try house.seen([reply.entry]) == [Seen("nl-vi", .earlier, "2026-01-04")])
        #expect(try house.seen([reply.entry], back: ["2026-01"]).map(\.state) == [.answered])
    }

    @Test func `where the log begins in view no answer is from before it`() throws {
        let young = PaperHouse()
        young.days = [(day("2026-02-05"), []), (day("2026-03-05"), [])]
        #expect(try young.seen([young.reply(written: "2026-01-31").entry]) == [])
        young.days.insert((day("2026-01-05"), []), at: 0)
        #expect(try young.seen([young.reply(written: "2026-01-31").entry]).count == 1)
    }

    @Test func `an answer from the months in view must have its leaf there`() throws {
        #expect(try house.seen([house.reply(written: "2026-02-01").entry]) == [])
        #expect(try house.seen([house.reply(written: "2026-01-31").entry]).count == 1)
    }

    @Test func `an old answer that is no longer kept is not withheld`() throws {
        house.days[1].leaves.append(house.reply(written: "2025-12-04").leaf)
        let months = ["2026-01", "2025-12"]
        #expect(try house.seen(back: months).map(\.state) == [.expired])
    }

    @Test func `an answer is kept through its ninetieth day`() throws {
        for (date, state) in [("2025-12-10", Finding.State.expired), ("2025-12-11", .withheld)] {
            let house = PaperHouse()
            house.days = [(day(date), [house.reply().leaf]), (day("2026-03-09"), [])]
            #expect(
                try house.seen(back: ["2026-01", "2025-12"]).map(\.state) == [state],
                "\(date)"
            )
        }
    }
}
