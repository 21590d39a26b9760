import IntakeAudit
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Lies in the log itself, each signed by the log's own key: what only the entries can tell.
struct AuditEntryTests {
    private let log: PublishedLog

    init() throws {
        log = try PublishedLog()
    }

    /// Publishes what the log says now, and expects its first lie.
    private func expect(
        _ reason: LogRuleError.Reason,
        at index: UInt64,
        _ where: SourceLocation = #_sourceLocation
    ) throws {
        try log.publish()
        #expect(throws: AuditError.rule(LogRuleError(index, reason)), sourceLocation: `where`) {
            _ = try log.audit()
        }
    }

    @Test func `a dropped filler leaves no full batch`() throws {
        log.closes[4].entries.remove(at: 1)
        try expect(.partialBatch(log.oud, 1), at: log.end(4))
        log.closes[4].entries.remove(at: 1)
        try expect(.partialBatch(log.oud, 0), at: log.end(4))
    }

    @Test func `swapped entries are out of order`() throws {
        log.closes[4].entries.swapAt(1, 2)
        try expect(.outOfOrder, at: log.position(4, 2))
    }

    @Test func `a month that begins without a directory is found`() throws {
        log.closes[3].entries.remove(at: 0)
        try expect(.noDirectory, at: log.position(3))
    }

    /// Gives a close another day.
    private func move(_ number: Int, to day: Day) {
        log.closes[number].entries.removeLast()
        log.closes[number].entries.append(.leaf(.dayEnd(day)))
    }

    @Test func `a day that was left out is found`() throws {
        move(1, to: PublishedLog.day(2))
        try expect(
            .daysLeftOut(after: PublishedLog.day(0), PublishedLog.day(2)),
            at: log.end(1)
        )
    }

    @Test func `a day that goes back is found`() throws {
        move(1, to: PublishedLog.day(0).previous)
        try expect(.dayFalls, at: log.end(1))
    }

    @Test func `a close in the file of another month is found`() throws {
        for number in 0...2 { move(number, to: PublishedLog.day(number + 1)) }
        log.closes[2].entries.insert(.leaf(log.note(serial: 1)), at: 0)
        try log.publish()
        #expect(throws: AuditError.entry(log.end(2), .otherMonth(PublishedLog.day(3)))) {
            _ = try log.audit()
        }
    }

    @Test func `a month that ends inside a close is found`() throws {
        log.closes[2].entries.removeLast()
        try log.publish()
        let end = log.end(2)
        #expect(throws: AuditError.rule(LogRuleError(end, .noEnd))) { _ = try log.audit() }
    }

    @Test func `a directory that goes back, or has another serial than its note, is found`() throws
    {
        log.serial = 2
        log.closes[1].entries.insert(.leaf(log.note(serial: 2)), at: 0)
        try expect(.directoryGoesBack(1), at: log.position(3))
        let digest = log.directory(serial: 2).digest
        log.closes[1].entries[0] = .leaf(.directory(serial: 5, digest: digest))
        try expect(.otherSerial(5), at: log.position(1))
    }

    @Test func `an acknowledgement that falls is found`() throws {
        log.closes[5].entries[0] = .acknowledges(log.oud, close: 2)
        let sizes = [log.position(3), log.position(4)]
        try expect(
            .acknowledgementFalls(log.oud, sizes[0], before: sizes[1]),
            at: log.position(5)
        )
    }

    @Test func `an acknowledgement of what was never signed is found`() throws {
        let size = log.position(5)
        let leaf = Leaf.acknowledgement(log.oud, size: size, digest: Digest(of: [9]))
        log.closes[5].entries[0] = .leaf(leaf)
        try expect(.acknowledgesNothing(log.oud, size), at: log.position(5))
        let inside = Leaf.acknowledgement(log.oud, size: size - 1, digest: Digest(of: [9]))
        log.closes[5].entries[0] = .leaf(inside)
        try expect(.acknowledgesNothing(log.oud, size - 1), at: log.position(5))
    }

    @Test func `an envelope that stands twice is found, another under its tag is none`() throws {
        let again = log.submissions(log.oud, 1)[0]
        log.closes[4].entries[1] = .leaf(again)
        try expect(.twice(log.position(1, 2)), at: log.position(4, 1))
        // A server that was recovered logs what it promised before it knew the tag again.
        let other = Leaf.submission(log.oud, again.tag, Digest(of: [7]))
        log.closes[4].entries[1] = .leaf(other)
        try log.publish()
        _ = try log.audit()
    }

    @Test func `a reply under the tag of another is found`() throws {
        let reply = Leaf.reply(log.vi, PublishedLog.tag(8), Digest(of: [1]))
        log.closes[4].entries.insert(.leaf(reply), at: 5)
        let earlier = log.position(2, log.closes[2].entries.count - 2)
        try expect(.twice(earlier), at: log.position(4, 5))
    }

    @Test func `what lies too long must be escalated`() throws {
        log.closes[5].entries.remove(at: 5)
        let first = log.submissions(log.vi, 2)[0]
        try expect(
            .notEscalated(log.vi, to: log.oud, days: 3),
            at: log.place(of: first.tag, in: 2)
        )
    }

    @Test func `what is too young, picked up, or due to another is not escalated`() throws {
        let good = log.closes
        // Of close 4, escalated in close 6 after two days; of close 1, which was picked up.
        for (source, number) in [(4, 6), (1, 4)] {
            log.closes = good
            let early = log.overdue(source)[0]
            log.closes[number].entries.insert(.leaf(early), at: log.end(number, before: 1))
            let earlier = log.place(of: early.tag, in: source)
            try expect(.notOverdue(earlier), at: log.end(number) - 1)
        }
        log.closes = good
        let own = log.submissions(log.vi, 2)[0]
        let other = Leaf.overdue(log.vi, own.tag, own.digest)
        log.closes[6].entries.insert(.leaf(other), at: log.end(6, before: 1))
        try expect(.notOverdue(log.place(of: own.tag, in: 2)), at: log.end(6) - 1)
    }

    @Test func `an overdue envelope is an earlier one, and overdue once`() throws {
        let unknown = Leaf.overdue(log.oud, PublishedLog.tag(255), Digest(of: [255]))
        let good = log.closes
        log.closes[5].entries.insert(.leaf(unknown), at: log.closes[5].entries.count - 1)
        try expect(.overdueUnknown, at: log.end(5) - 1)
        log.closes = good
        log.closes[6].entries.insert(.leaf(log.overdue(2)[0]), at: log.closes[6].entries.count - 3)
        try expect(.overdueTwice, at: log.end(6) - 3)
    }

    @Test func `a withdrawal is of a reply that was logged, and comes once`() throws {
        let digest = Digest(of: log.replies[0])
        let good = log.closes
        func withdraw(_ leaf: Leaf) {
            log.closes[5].entries.insert(.leaf(leaf), at: 5)
        }
        let bad: [Leaf] = [
            .withdrawal(log.vi, PublishedLog.tag(7), digest),
            .withdrawal(log.vi, PublishedLog.tag(9), digest),
            .withdrawal(log.oud, PublishedLog.tag(8), Digest(of: log.replies[1])),
            .withdrawal(log.vi, PublishedLog.tag(8), digest),
        ]
        for leaf in bad {
            log.closes = good
            withdraw(leaf)
            try expect(.withdrawsNothing, at: log.position(5, 5))
        }
    }
}
