import IntakeAudit
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What an auditor sees who holds the public files and the roots file alone.
struct AuditTests {
    private let log: PublishedLog

    init() throws {
        log = try PublishedLog()
    }

    private func expect(
        _ fault: AuditError,
        _ where: SourceLocation = #_sourceLocation
    ) throws {
        #expect(throws: fault, sourceLocation: `where`) { _ = try log.audit() }
    }

    @Test func `an honest log has no lie, and tells how long reports lay`() throws {
        try log.publish()
        let report = try log.audit()
        #expect(report.notes == [])
        #expect(report.closes == 8)
        #expect(report.leaves == 0..<log.position(8))
        #expect(report.checkpoints == 3)
        #expect(report.through == PublishedLog.day(7))
        #expect(report.months.map { $0.description } == ["2026-10", "2026-11"])
        #expect(report.pickups.map(\.organisation) == [log.vi, log.oud])
        let school = try #require(report.pickups.first)
        #expect(school.lastPickedUp == PublishedLog.day(7))
        #expect(school.medianDays == 2)
        #expect(school.longestDays == 5)
        #expect(school.waiting == 2)
        #expect(school.overdue == 4)
        let town = try #require(report.pickups.last)
        #expect(town.medianDays == 1)
        #expect(town.longestDays == 1)
        #expect(town.overdue == 0)
    }

    @Test func `an audit from a later month on says what it does not know`() throws {
        try log.publish()
        log.folder.remove("log/2026-10")
        let first = log.position(3)
        try log.put("log/checkpoint-2026-10-30", log.list(after: 2).bytes)
        let report = try log.audit(withRoots: false)
        #expect(report.leaves.lowerBound == first)
        #expect(report.notes == [.noRoots, .beginsAt(first), .checkpointsBefore(3)])
    }

    @Test func `older notes and lists are held to the entries too`() throws {
        log.serial = 2
        log.closes[6].entries.insert(.leaf(log.note(serial: 2)), at: 0)
        try log.publish()
        try log.put("directory-2026-10-01", log.directory(serial: 1).bytes)
        try log.put("log/checkpoint-2026-10-31", log.list(after: 3).bytes)
        let report = try log.audit()
        #expect(report.notes == [])
        #expect(report.checkpoints == 6)
        log.folder.remove("directory-2026-10-01")
        #expect(try log.audit().notes == [.directoriesNotHeld(1)])
    }

    @Test func `what an audit does not look at is said`() throws {
        try log.publish()
        try log.put("log/2026-1", [])
        log.folder.remove("drop/000")
        log.folder.remove("drop/001")
        #expect(try log.audit().notes == [.noDrop, .notLookedAt("log/2026-1")])
    }

    @Test func `a month erased after thirteen leaves its roots, a younger one is whole`() throws {
        try log.publish()
        let empty = LogRun(before: MerkleTree(), leaves: []).monthFile
        let october = try month("2026-10")
        let held = try log.folder.read("log/2026-10")
        try log.put("log/2026-10", empty)
        try expect(.emptied(october, before: log.position(3)))
        try log.put("log/2026-10", held)
        // Nothing has an end in a month before the deployment began.
        try log.put("log/2026-09", empty)
        #expect(try log.audit().leaves.lowerBound == 0)
        let november = try log.folder.read("log/2026-11")
        let after = LogRun(before: log.tree(after: 3), leaves: []).monthFile
        for name in try log.folder.names("log") { log.folder.remove("log/\(name)") }
        for month in months(from: try month("2025-08"), to: october) {
            try log.put("log/\(month.description)", after)
        }
        try log.put("log/2026-11", november)
        try log.put("log/checkpoint", log.list().bytes)
        try log.put("log/2025-08", empty)
        try log.put("log/2025-09", empty)
        #expect(try log.audit().leaves.lowerBound == log.position(3))
        try log.put("log/2025-10", empty)
        try expect(.emptied(try month("2025-10"), before: log.position(3)))
    }

    private func months(from first: Month, to last: Month) -> [Month] {
        (first.index...last.index).map { Month(index: $0) }
    }

    private func month(_ name: String) throws -> Month { try #require(Month(text: ascii(name))) }

    @Test func `months must join, index and subtree roots`() throws {
        try log.publish()
        let november = try month("2026-11")
        let good = try LogRun(monthFile: try log.folder.read("log/2026-11"))
        var subtrees = good.before.subtrees
        subtrees[0] = Digest(of: [9])
        let other = try #require(MerkleTree(size: good.first, subtrees: subtrees))
        try log.put("log/2026-11", LogRun(before: other, leaves: good.leaves).monthFile)
        try expect(.otherSubtrees(november))
        let early = log.tree(after: 2)
        try log.put("log/2026-11", LogRun(before: early, leaves: good.leaves).monthFile)
        try expect(.otherStart(november, at: early.size, expected: good.first))
        log.folder.remove("log/2026-11")
        try log.put("log/2026-12", good.monthFile)
        try expect(.missing("log/2026-11"))
        try log.put("log/2026-12", ascii("SIL2"))
        try expect(.file("log/2026-12", reason: "\(MonthFileError.wrongMagic.clause)"))
    }

    @Test func `a missing file is named`() throws {
        try log.publish()
        for name in ["drop/001", "log/checkpoint", "directory"] {
            log.folder.remove(name)
            try expect(.missing(name))
        }
        let other = try PublishedLog()
        try other.put("directory", other.directory(serial: 1).bytes)
        #expect(throws: AuditError.missing("log/YYYY-MM")) { _ = try other.audit() }
        #expect(throws: FileError.self) { _ = try Audit(folder: "/nowhere", roots: []) }
    }

    @Test func `a directory that the roots did not sign, or of another serial, is refused`() throws
    {
        try log.publish()
        let note = log.directory(serial: 1)
        let alone = SignedNote(text: note.text, signatures: [note.signatures[0]])
        try log.put("directory", alone.bytes)
        try expect(.directory("directory", .tooFewRoots(found: 1, needed: 2)))
        #expect(try log.audit(withRoots: false).notes == [.noRoots])
        try log.put("directory", ascii("no note"))
        try expect(.directory("directory", .note(.malformed)))
        try log.put("directory", note.bytes)
        try log.put("directory-older", log.directory(serial: 3).bytes)
        try expect(.directory("directory", .staleSerial(found: 1, known: 3)))
    }

    @Test func `a directory older than the one logged is refused`() throws {
        log.closes[6].entries.insert(.leaf(log.note(serial: 2)), at: 0)
        try log.publish()
        try expect(.directory("directory", .staleSerial(found: 1, known: 2)))
    }
}
