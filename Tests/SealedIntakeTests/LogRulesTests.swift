import Testing

@testable import SealedIntake

/// What holds from one close to the next.
struct LogRulesTests {
    /// A log that grows close by close, held to the rules.
    private struct Book {
        var rules: LogRules
        var run: LogRun

        init(before: MerkleTree = MerkleTree(), directories: [Digest: Directory] = [:]) {
            rules = LogRules(
                origin: ascii("sealed.example"),
                before: before,
                directories: directories
            )
            run = LogRun(before: before, leaves: [])
        }

        /// Closes a day with these leaves, which must be in order.
        mutating func close(_ day: UInt32, _ leaves: [Leaf]) throws {
            let all = leaves + [.dayEnd(LogRulesTests.first.adding(day))]
            let next = LogRun(before: run.after, leaves: all)
            try rules.take(all[...], from: run.end, to: next.after)
            try run.append(next)
        }

        /// The acknowledgement of all that is there.
        func acknowledgement(_ id: OrganisationID) -> Leaf {
            let tree = run.after
            let text = Checkpoint(origin: ascii("sealed.example"), size: tree.size, root: tree.root)
                .text
            return .acknowledgement(id, size: tree.size, digest: Digest(of: text))
        }
    }

    private static let first = Day(number: 20_790)

    private let directory: Directory
    private let later: Directory
    private let digest = Digest(of: [1])
    private let inspectors: OrganisationID
    private let helpdesk: OrganisationID

    init() throws {
        let fixture = DirectoryFixture()
        directory = try fixture.directory()
        inspectors = directory.organisations[0].id
        helpdesk = directory.organisations[1].id
        // The next one lists the inspectors alone.
        let lines = fixture.lines[..<16].map { $0 == "serial 7" ? "serial 8" : $0 }
        let text = (lines + ["escalation none"]).map { $0 + "\n" }.joined()
        later = try Directory(text: [UInt8](text.utf8))
    }

    private var logged: Leaf { .directory(serial: 7, digest: digest) }

    private func book() -> Book { Book(directories: [digest: directory]) }

    private func submissions(_ id: OrganisationID, _ count: Int) -> [Leaf] {
        (0..<count).map { _ in Tag.random() }.sorted()
            .map { .submission(id, $0, Digest(of: $0.bytes)) }
    }

    /// As many as a day must have.
    private var batch: [Leaf] { submissions(helpdesk, 1) + submissions(inspectors, 4) }

    private func refusal(_ work: () throws -> Void) throws -> LogRuleError.Reason {
        try #require(throws: LogRuleError.self) { try work() }.reason
    }

    @Test func `every day is closed, and none again that is over`() throws {
        for (days, reason) in [
            (1, nil), (2, .daysLeftOut(after: Self.first, Self.first.adding(2))), (0, nil),
        ] as [(UInt32, LogRuleError.Reason?)] {
            var book = book()
            try book.close(0, [logged] + batch)
            guard let reason else {
                try book.close(days, batch)
                continue
            }
            #expect(try refusal { try book.close(days, batch) } == reason)
        }
    }

    @Test func `a directory is superseded by a higher serial alone`() throws {
        var book = book()
        try book.close(0, [logged] + batch)
        for (serial, other) in [(6, Digest(of: [2])), (7, Digest(of: [2]))] as [(UInt64, Digest)] {
            var again = book
            let leaf = Leaf.directory(serial: serial, digest: other)
            #expect(
                try refusal { try again.close(1, [leaf] + batch) } == .directoryGoesBack(serial)
            )
        }
        var again = book
        try again.close(1, [logged] + batch)
        #expect(again.rules.unknownDirectories.isEmpty)
        try book.close(1, [.directory(serial: 8, digest: Digest(of: [2]))])
        #expect(book.rules.unknownDirectories == [Digest(of: [2])])
        var misnamed = self.book()
        let leaf = Leaf.directory(serial: 8, digest: digest)
        #expect(try refusal { try misnamed.close(0, [leaf] + batch) } == .otherSerial(8))
    }

    @Test func `an acknowledgement is of a checkpoint, and of a later one each time`() throws {
        var book = book()
        try book.close(0, [logged] + batch)
        let given = book.acknowledgement(helpdesk)
        let size = try #require(given.number)
        for wrong in [size, size - 1] {
            var again = book
            let leaf = Leaf.acknowledgement(helpdesk, size: wrong, digest: digest)
            let found = try refusal { try again.close(1, [leaf] + batch) }
            #expect(found == .acknowledgesNothing(helpdesk, wrong))
        }
        try book.close(1, [given] + batch)
        let falls = try refusal { try book.close(2, [given] + batch) }
        #expect(falls == .acknowledgementFalls(helpdesk, size, before: size))
    }

    @Test func `an acknowledgement from before what is held is believed`() throws {
        let before = try #require(MerkleTree(size: 4, subtrees: [digest]))
        var book = Book(before: before)
        try book.close(0, [.acknowledgement(helpdesk, size: 2, digest: digest)])
        let wrong = Leaf.acknowledgement(inspectors, size: 4, digest: digest)
        #expect(try refusal { try book.close(1, [wrong]) } == .acknowledgesNothing(inspectors, 4))
    }

    @Test func `what lies behind the acknowledged size waits`() throws {
        var book = book()
        try book.close(0, [logged] + batch)
        let given = book.acknowledgement(helpdesk)
        let size = try #require(given.number)
        // The first leaf of the next day is the helpdesk's.
        try book.close(1, batch)
        try book.close(2, [given] + batch)
        let waiting = try #require(book.rules.envelopes[helpdesk])
        #expect(book.run.leaf(at: size)?.organisation == helpdesk)
        #expect([0, size, size + 1].map { waiting.waiting(behind: $0) } == [2, 2, 1])
    }

    @Test func `one envelope may come to two organisations, not twice to one`() throws {
        let shared = Tag([UInt8](repeating: 255, count: 16))
        let both = [helpdesk, inspectors].map { Leaf.submission($0, shared, digest) }
        var book = book()
        let others = submissions(inspectors, 3)
        try book.close(0, [logged, both[0]] + others + [both[1]])
        let index = book.run.end - 2
        let again = submissions(helpdesk, 1) + submissions(inspectors, 3) + [both[1]]
        #expect(try refusal { try book.close(1, again) } == .twice(index))
    }

    @Test func `a reply's tag stands once, and is withdrawn once`() throws {
        let reply = Leaf.reply(helpdesk, .random(), digest)
        var book = book()
        try book.close(0, [logged] + batch + [reply])
        let index = book.run.end - 2
        #expect(try refusal { try book.close(1, batch + [reply]) } == .twice(index))
        book = self.book()
        try book.close(0, [logged] + batch + [reply])
        let other = Leaf.withdrawal(helpdesk, reply.tag, Digest(of: [9]))
        let unknown = Leaf.withdrawal(helpdesk, .random(), digest)
        for leaf in [other, unknown] {
            var again = book
            #expect(try refusal { try again.close(1, batch + [leaf]) } == .withdrawsNothing)
        }
        let withdrawal = Leaf.withdrawal(helpdesk, reply.tag, digest)
        try book.close(1, batch + [withdrawal])
        #expect(try refusal { try book.close(2, batch + [withdrawal]) } == .withdrawsNothing)
    }

    /// A close of the first day, and those of its leaves that become overdue on the third after it.
    private func waiting() throws -> (book: Book, overdue: [Leaf]) {
        var book = book()
        let own = submissions(inspectors, 4)
        try book.close(0, [logged] + submissions(helpdesk, 1) + own)
        return (book, own.map { .overdue(helpdesk, $0.tag, $0.digest) })
    }

    @Test func `what is overdue is logged on its day, once, for the one it is for`() throws {
        let (book, overdue) = try waiting()
        var early = book
        try early.close(1, batch)
        #expect(try refusal { try early.close(2, batch + overdue) } == .notOverdue(2))
        var late = book
        for day in 1...2 as ClosedRange<UInt32> { try late.close(day, batch) }
        let forgotten = try refusal {
            var late = late
            try late.close(3, batch)
        }
        #expect(forgotten == .notEscalated(inspectors, to: helpdesk, days: 3))
        let stranger = try #require(OrganisationID(ascii: ascii("ggd")))
        let elsewhere = overdue.map { Leaf.overdue(stranger, $0.tag, $0.digest) }
        #expect(
            try refusal {
                var late = late
                try late.close(3, batch + elsewhere)
            } == .notOverdue(2)
        )
        try late.close(3, batch + overdue)
        let next = late.run.leaves.filter { $0.type == .submission }[6...9]
            .filter { $0.organisation == inspectors }
            .map { Leaf.overdue(helpdesk, $0.tag, $0.digest) }
        #expect(next.count == 4)
        let again = (next + [overdue[0]]).sorted { $0.tag < $1.tag }
        #expect(try refusal { try late.close(4, batch + again) } == .overdueTwice)
    }

    @Test func `what was acknowledged is not overdue, and what was never sent neither`() throws {
        var (book, overdue) = try waiting()
        try book.close(1, [book.acknowledgement(inspectors)] + batch)
        try book.close(2, batch)
        #expect(try refusal { try book.close(3, batch + overdue) } == .notOverdue(2))
        overdue = [.overdue(helpdesk, .random(), digest)]
        (book, _) = try waiting()
        #expect(try refusal { try book.close(1, batch + overdue) } == .overdueUnknown)
    }

    @Test func `nothing is forgotten while the organisation it is for is not listed`() throws {
        let other = Digest(of: [2])
        var book = Book(directories: [digest: directory, other: later])
        try book.close(0, [logged] + batch)
        try book.close(1, [.directory(serial: 8, digest: other)] + submissions(inspectors, 4))
        for day in 2...6 as ClosedRange<UInt32> { try book.close(day, submissions(inspectors, 4)) }
        #expect(book.rules.day == Self.first.adding(6))
    }

    @Test func `under a directory that is not held nothing is overdue on the day it came`() throws {
        let submission = submissions(inspectors, 1)[0]
        let overdue = Leaf.overdue(helpdesk, submission.tag, submission.digest)
        var book = Book()
        #expect(
            try refusal {
                var book = book
                try book.close(0, [logged, submission, overdue])
            } == .notOverdue(1)
        )
        try book.close(0, [logged, submission])
        try book.close(1, [overdue])
    }
}
