import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// What the page holds a directory, an hour and a list of checkpoints to.
@Suite struct BelievingTests {
    let house = PaperHouse()

    init() {
        house.days = [(day("2026-02-05"), [house.message()]), (day("2026-03-05"), [])]
    }

    private func hour(_ date: String) -> UInt32 { day(date).number * 24 + 9 }

    // MARK: the directory

    @Test(arguments: [("2026-03-11", 0), ("2026-03-10", 0), ("2026-03-09", 2)])
    func `a directory holds through its last day`(last: String, status: Int32) {
        house.expires = last
        #expect(house.visit().status == status)
    }

    @Test(arguments: [(6, true, 0), (7, false, 0), (7, true, 3), (8, true, 3)])
    func `a directory is held to the newest that is logged`(
        serial: UInt64,
        isOther: Bool,
        status: Int32
    ) {
        house.logged = (serial, isOther ? Digest(of: [1]) : nil)
        #expect(house.visit().status == status)
    }

    @Test func `a log with leaves has a directory, one without has none`() {
        house.days = [(day("2026-03-05"), [house.message()])]
        #expect(house.visit().status == 0)
        house.logged = nil
        #expect(house.visit().status == OpeningRefusal.log.rawValue)
        house.days = []
        #expect(house.visit().status == 0)
    }

    // MARK: the hour

    @Test func `an hour before the newest closed day is refused, on that day it is not`() {
        house.days.append((day("2026-03-10"), []))
        #expect(house.visit(hour: hour("2026-03-09")).status == OpeningRefusal.clock.rawValue)
        let (visit, status) = house.visit(hour: hour("2026-03-10"))
        #expect(status == 0)
        let before = visit.refresh(challenge: house.challenge(at: hour("2026-03-09")).bytes)
        #expect(before.status == OpeningRefusal.clock.rawValue)
        #expect(visit.refresh(challenge: house.challenge(at: hour("2026-03-10")).bytes).status == 0)
    }

    @Test func `each organisation is asked its own work`() {
        let visit = house.visit().visit
        let asked = house.parties.map {
            visit.asked(for: $0.id.ascii).parts.last.flatMap { Parts.number(in: $0) }
        }
        #expect(asked == [1, 2, 3])
    }

    // MARK: the list of checkpoints

    private func open(_ cosigned: [SignedNote?]) -> Int32 {
        let list = CheckpointList(newest: house.checkpoint(.max), cosigned: cosigned)
        return house.visit().visit.open(house.files(list: list)).status
    }

    @Test func `a list has a place for each organisation, no more`() {
        let refused = OpeningRefusal.checkpoint.rawValue
        #expect(
            (0...5).map { open([SignedNote?](repeating: nil, count: $0)) } == [
                refused, refused, refused, 0, refused, refused,
            ]
        )
    }

    @Test func `in a place only its own desk's cosignature counts`() {
        let note = house.checkpoint(2)
        let own = house.party("nl-vi").signer.cosigning(note, day: day("2026-03-06"))
        let foreign = house.party("helpdesk").signer.cosigning(note, day: day("2026-03-06"))
        #expect(open([own, foreign, nil]) == 0)
        #expect(open([foreign, nil, nil]) == OpeningRefusal.checkpoint.rawValue)
        #expect(open([note, nil, nil]) == OpeningRefusal.checkpoint.rawValue)
    }

    @Test func `a cosigned checkpoint beyond the log is refused`() {
        let size = UInt64(house.checkpointSize)
        for (beyond, status) in [(0, 0), (1, OpeningRefusal.log.rawValue)] as [(UInt64, Int32)] {
            let root = beyond == 0 ? house.month("2026-03").after.root : Digest(of: [1])
            let text = Checkpoint(origin: PaperHouse.name, size: size + beyond, root: root).text
            let note = house.party("nl-vi").signer.cosigning(
                house.paper.log.note(text),
                day: day("2026-03-06")
            )
            #expect(open([note, nil, nil]) == status)
        }
    }

    // MARK: read anew

    @Test func `what the files say anew is looked for anew`() throws {
        let visit = house.visit().visit
        #expect(try house.seen(visit).count == 1)
        house.days[1].leaves.append(house.message(slot: 9))
        #expect(visit.open(house.files()).status == 0)
        #expect(try house.seen(visit).count == 2)
    }

    @Test func `another order of the directory finds the same`() throws {
        let visit = house.visit().visit
        let found = try house.seen(visit)
        house.parties.reverse()
        house.tries.reverse()
        #expect(visit.open(house.files()).status == 0)
        #expect(try house.seen(visit) == found)
    }
}
