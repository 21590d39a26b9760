import Stage
import Testing

@testable import SealedIntake

struct CloseStructureTests {
    private let day = Day(number: 20_780)
    private let organisation: OrganisationID
    private let directory: Directory

    init() throws {
        let paper = PaperDeployment("sealed.example", of: ["nl-vi"])
        organisation = paper["nl-vi"].id
        var listed = paper.directory(until: Stage.day("2027-01-01"))
        listed.listings[0].batch = 2
        directory = try Directory(text: listed.text)
    }

    private func submission(_ tag: UInt8) -> Leaf {
        .submission(organisation, Tag([UInt8](repeating: tag, count: 16)), Digest(of: [tag]))
    }

    private var note: Leaf { .directory(serial: 1, digest: Digest(of: [1])) }

    private func check(
        _ leaves: [Leaf],
        after previousDay: Day?,
        under directory: Directory?
    ) throws(LogRuleError) -> Day {
        try CloseStructure(previousDay: previousDay, first: 100, directory: directory).check(
            leaves[...]
        )
    }

    @Test func `a close in order tells its day`() throws {
        let tag = Tag([UInt8](repeating: 1, count: 16))
        let digest = Digest(of: [1])
        let leaves: [Leaf] = [
            note, .acknowledgement(organisation, size: 3, digest: digest), submission(1),
            submission(2), .reply(organisation, tag, digest),
            .withdrawal(organisation, tag, digest), .overdue(organisation, tag, digest),
            .transferred(organisation, tag, digest), .dayEnd(day),
        ]
        #expect(try check(leaves, after: day.previous, under: directory) == day)
        #expect(try check(leaves, after: nil, under: directory) == day)
        #expect(try check([.dayEnd(day)], after: nil, under: nil) == day)
    }

    @Test func `every pair of groups in the wrong order is found`() {
        let tag = Tag([UInt8](repeating: 1, count: 16))
        let digest = Digest(of: [1])
        let groups: [Leaf] = [
            note, .acknowledgement(organisation, size: 3, digest: digest), submission(1),
            .reply(organisation, tag, digest), .withdrawal(organisation, tag, digest),
            .overdue(organisation, tag, digest), .transferred(organisation, tag, digest),
        ]
        for later in groups.indices.dropFirst() {
            for earlier in 0..<later {
                let leaves = [groups[later], groups[earlier], .dayEnd(day)]
                #expect(throws: LogRuleError(101, .outOfOrder)) {
                    _ = try check(leaves, after: day, under: nil)
                }
            }
        }
        for pair in [[submission(2), submission(1)], [submission(1), submission(1)]] {
            #expect(throws: LogRuleError(101, .outOfOrder)) {
                _ = try check(pair + [.dayEnd(day)], after: day, under: nil)
            }
        }
    }

    @Test func `two overdue envelopes may bear one tag, for reporters choose tags`() throws {
        let tag = Tag([UInt8](repeating: 1, count: 16))
        let digests = [Digest(of: [1]), Digest(of: [2])].sorted()
        let leaves = digests.map { Leaf.overdue(organisation, tag, $0) }
        #expect(try check(leaves + [.dayEnd(day)], after: day, under: nil) == day)
        #expect(throws: LogRuleError(101, .outOfOrder)) {
            _ = try check(leaves.reversed() + [.dayEnd(day)], after: day, under: nil)
        }
    }

    @Test func `a close ends with the one end of a day that does not go back`() {
        let table: [([Leaf], LogRuleError)] = [
            ([], LogRuleError(100, .noEnd)), ([submission(1)], LogRuleError(100, .noEnd)),
            ([.dayEnd(day.previous), .dayEnd(day)], LogRuleError(101, .noEnd)),
            ([.dayEnd(day.previous)], LogRuleError(100, .dayFalls)),
        ]
        for (leaves, fault) in table {
            #expect(throws: fault) { _ = try check(leaves, after: day, under: nil) }
        }
    }

    @Test func `a month begins with one directory`() {
        let batch = [submission(1), submission(2), .dayEnd(day)]
        let before = day.month.first.previous
        #expect(throws: LogRuleError(100, .noDirectory)) {
            _ = try check(batch, after: before, under: directory)
        }
        #expect(throws: LogRuleError(100, .noDirectory)) {
            _ = try check(batch, after: nil, under: nil)
        }
        #expect(throws: LogRuleError(101, .secondDirectory)) {
            let other = Leaf.directory(serial: 2, digest: Digest(of: [2]))
            _ = try check([note, other] + batch, after: before, under: directory)
        }
    }

    @Test func `every organisation of the directory has full batches, and at least one`() {
        for count in [0, 1, 3] {
            let sent = (0..<count).map { submission(UInt8($0)) }
            let end = 100 + UInt64(count)
            #expect(throws: LogRuleError(end, .partialBatch(organisation, count))) {
                _ = try check(sent + [.dayEnd(day)], after: day, under: directory)
            }
        }
    }
}
