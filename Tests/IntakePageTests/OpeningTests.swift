import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// What the page itself knows from the day it was made, and months that are shown in part.
@Suite struct OpeningTests {
    let house = PaperHouse()

    init() {
        house.days = [
            (day("2026-02-05"), [house.message()]), (day("2026-02-12"), []),
            (day("2026-03-05"), []),
        ]
    }

    func refusal(_ change: (PublicFiles) -> PublicFiles) -> Int32 {
        house.visit().visit.open(change(house.files())).status
    }

    @Test func `an older directory than the page's is refused`() {
        house.lowestSerial = "8"
        #expect(house.visit().status == OpeningRefusal.older.rawValue)
        house.lowestSerial = "7"
        #expect(house.visit().status == 0)
    }

    @Test func `an hour before the day of the page is refused`() {
        house.madeOn = "2026-03-11"
        #expect(house.visit().status == OpeningRefusal.clock.rawValue)
        house.madeOn = "2026-03-10"
        #expect(house.visit().status == 0)
    }

    @Test(arguments: [("-1", "2026-01-01"), ("", "2026-01-01"), ("7", ""), ("7", "2026-13-01")])
    func `a page that does not say from when it is opens nothing`(serial: String, day: String) {
        house.lowestSerial = serial
        house.madeOn = day
        #expect(house.visit().status == OpeningRefusal.notStarted.rawValue)
    }

    @Test func `a device two days away is told the server's day, and opens all the same`() {
        house.days.append((day("2026-03-09"), []))
        for (hours, said) in [
            (0, ""), (48, ""), (49, "2026-03-10"), (-48, ""), (-49, "2026-03-10"),
        ] {
            house.deviceHour = UInt32(Int(PaperHouse.hour) + hours)
            let outcome = house.visit().visit.open(house.files())
            #expect(outcome.status == 0)
            #expect(text(outcome.parts[5]) == said, "\(hours) hours")
        }
    }

    @Test(arguments: [("2026-03-08", ""), ("2026-03-07", ""), ("2026-03-06", "2026-03-07")])
    func `an hour of now over a log of long ago is told too`(newest: String, said: String) {
        house.days.append((day(newest), []))
        #expect(text(house.visit().visit.open(house.files()).parts[5]) == said)
    }

    @Test func `within a visit too a directory may expire`() {
        let visit = house.visit().visit
        let last = day("2026-06-01").number * 24
        #expect(visit.refresh(challenge: house.challenge(at: last + 23).bytes).status == 0)
        let after = visit.refresh(challenge: house.challenge(at: last + 24).bytes)
        #expect(after.status == OpeningRefusal.expired.rawValue)
    }

    @Test func `the newest closed day is said`() {
        let said = house.visit().visit.open(house.files()).parts
        #expect(said[4] == [UInt8]("2026-03-05".utf8))
    }

    @Test func `a month shown without its beginning is refused`() throws {
        // The same directory again in the middle of the month: what follows begins with one.
        let again = Leaf.directory(serial: 7, digest: house.directory.digest)
        house.days[1].leaves.append(again)
        let february = house.month("2026-02")
        let (visit, status) = house.visit()
        #expect(status == 0)
        #expect(try house.seen(visit).count == 1)
        house.days[0].day = day("2026-01-05")
        for cut in 1...house.month("2026-02").leaves.count {
            let whole = house.month("2026-02")
            var tree = whole.before
            for leaf in whole.leaves.prefix(cut) { tree.append(leaf.hash) }
            let part = LogRun(before: tree, leaves: [Leaf](whole.leaves.dropFirst(cut)))
            #expect(refusal { $0.with(lastMonth: part) } == OpeningRefusal.log.rawValue, "\(cut)")
        }
        #expect(refusal { $0 } == 0)
        #expect(february.leaves.count > 2)
    }

    @Test func `a month that begins without its directory is refused, whoever has that leaf`() {
        let (february, march) = (house.month("2026-02"), house.month("2026-03"))
        let longer = LogRun(
            before: february.before,
            leaves: february.leaves + [march.leaves[0]]
        )
        let rest = LogRun(before: longer.after, leaves: [Leaf](march.leaves.dropFirst()))
        #expect(
            refusal { $0.with(lastMonth: longer, thisMonth: rest) } == OpeningRefusal.log.rawValue
        )
    }

    @Test func `a day of another month in the file of this one is refused`() {
        let march = house.month("2026-03")
        for (last, status) in [("2026-03-31", 0), ("2026-04-01", OpeningRefusal.log.rawValue)] {
            let longer = LogRun(before: march.before, leaves: march.leaves + [.dayEnd(day(last))])
            let text = Checkpoint(
                origin: PaperHouse.name,
                size: longer.end,
                root: longer.after.root
            )
            let newest = house.paper.log.note(text.text)
            let list = CheckpointList(newest: newest, cosigned: [nil, nil, nil])
            let hour = (day("2026-03-31").number + 1) * 24 - 1
            let files = house.files(list: list, hour: hour)
            let opened = house.visit().visit.open(
                files.with(lastMonth: house.month("2026-02"), thisMonth: longer)
            )
            #expect(opened.status == status, "\(last)")
        }
    }

    @Test func `leaves behind the newest signed checkpoint are refused`() {
        for behind in 0...2 {
            let newest = house.checkpoint(house.checkpointSize - behind)
            let list = CheckpointList(newest: newest, cosigned: [nil, nil, nil])
            let status = house.visit().visit.open(house.files(list: list)).status
            #expect(status == (behind == 0 ? 0 : OpeningRefusal.log.rawValue), "\(behind)")
        }
    }

    @Test func `a later month in the place of the last is refused`() {
        let march = house.month("2026-03")
        let empty = LogRun(before: march.after, leaves: [])
        #expect(
            refusal { $0.with(lastMonth: march, thisMonth: empty) } == OpeningRefusal.log.rawValue
        )
    }

    @Test func `looking back takes whole months only`() throws {
        house.days.insert((day("2026-01-20"), [house.message(slot: 8)]), at: 0)
        house.days.insert((day("2025-12-20"), []), at: 0)
        let visit = house.visit().visit
        let january = house.month("2026-01")
        let end = LogRun(before: january.after, leaves: [])
        #expect(visit.look(back: end.monthFile).status == OpeningRefusal.log.rawValue)
        #expect(visit.look(back: january.monthFile).status == 0)
    }
}

extension PublicFiles {
    /// The same with other months.
    fileprivate func with(lastMonth: LogRun, thisMonth: LogRun? = nil) -> PublicFiles {
        PublicFiles(
            directory: directory,
            tree: tree,
            challenge: challenge,
            checkpoints: checkpoints,
            lastMonth: lastMonth.monthFile,
            thisMonth: thisMonth?.monthFile ?? self.thisMonth
        )
    }
}
