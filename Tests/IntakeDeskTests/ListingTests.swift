import GRDB
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Pages and filters of the list, and what is opened for them.
@Suite struct ListingTests {
    private static let count = ListRequest.pageLength + 10
    private let setting: TestDesk

    /// Sixty reports of one day, each with answers of the tree.
    init() throws {
        setting = try TestDesk()
        let sent = (0..<Self.count).map { _ in
            setting.reporter().send("help", to: setting.key())
        }
        setting.server.close(TestDesk.today, directory: setting.directory(), sent: sent)
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
    }

    private func names(_ request: ListRequest, of desk: Desk? = nil) throws -> [String] {
        try (desk ?? setting.desk).listing(request).threads.map(\.thread)
    }

    private func answer(_ threads: [String], _ kind: Reply.Kind) throws {
        for thread in threads {
            _ = try setting.desk.reply(
                to: thread,
                kind: kind,
                text: ascii("antwoord"),
                today: setting.server.today
            )
        }
    }

    /// A copy of the vault in which the frame of a thread's message does not open.
    private func damaged(_ thread: String) throws -> Desk {
        let row = try setting.desk.vault.read { cells in
            let all = try ThreadContents.all(in: cells)
            return try Desk.contents(of: thread, among: all, names: ThreadNames(of: all))
                .messages[0].row
        }
        let path = try setting.folder.write(setting.folder.read("desk.vault"), "\(thread).vault")
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(
                sql: "UPDATE message SET frame = substr(frame, 3) WHERE id = ?",
                arguments: [row]
            )
        }
        try queue.close()
        return try Desk.open(vault: path, passphrase: TestDesk.passphrase(), access: .reading)
    }

    @Test func `pages hold every thread once, the most urgent first`() throws {
        try answer(try names(ListRequest(page: 1)).suffix(3), .closed)
        let all = try setting.desk.threads()
        #expect(all.count == Self.count)
        #expect(all.suffix(4).map(\.state) == [.new, .closed, .closed, .closed])
        let first = try setting.desk.listing(ListRequest(page: 1))
        #expect(first.threads == [ThreadSummary](all.prefix(ListRequest.pageLength)))
        #expect(try setting.desk.listing(ListRequest(page: 2)).threads == all.suffix(10))
        #expect(first.found == Self.count)
        #expect([first.all, first.waiting, first.unsent] == [Self.count, Self.count - 3, 3])
        #expect(first.pages == 2)
        for page in [.min, -1, 0, 3, .max] {
            #expect(throws: RequestError.noSuchPage(page, of: 2)) {
                try names(ListRequest(page: page))
            }
        }
    }

    @Test func `an empty list has one page`() throws {
        let fresh = try TestDesk().desk
        #expect(try names(ListRequest(page: 1), of: fresh).isEmpty)
        #expect(throws: RequestError.noSuchPage(2, of: 1)) {
            try names(ListRequest(page: 2), of: fresh)
        }
    }

    @Test func `whole pages are not followed by an empty one`() {
        let length = ListRequest.pageLength
        #expect([0, 1, length, length + 1].map(ListRequest.pages) == [1, 1, 1, 2])
    }

    @Test func `filters find by reply and by day of the newest message`() throws {
        let old = try names(ListRequest())
        try answer([String](old.dropFirst(2)), .received)
        let writer = setting.reporter()
        for (later, slot) in [(2, UInt32(7)), (4, 8)] {
            let from = setting.server.leaves.count
            let kind = slot == 7 ? ReporterMessage.Kind.report : .followUp
            let sent = writer.send("later", slot: slot, kind: kind, to: setting.key())
            setting.server.close(TestDesk.today.adding(UInt32(later)), sent: [sent])
            _ = try setting.take(try setting.server.bundle(from: from))
        }
        let new = String(String(utf8: writer.keys.threadDigest.hex).prefix(8))
        let waiting = [String](old.prefix(2)) + [new]
        #expect(try names(ListRequest(isUnanswered: true)) == waiting)
        #expect(try names(ListRequest(since: TestDesk.today)).count == Self.count + 1)
        for (day, found) in [(1, [new]), (4, [new]), (5, [])] {
            let since = TestDesk.today.adding(UInt32(day))
            #expect(try names(ListRequest(since: since)) == found)
        }
        try answer([new], .message)
        let both = ListRequest(isUnanswered: true, since: TestDesk.today.adding(1), page: 1)
        let listing = try setting.desk.listing(both)
        #expect([listing.threads.count, listing.found, listing.waiting] == [0, 0, 2])
    }

    @Test func `a cell that does not open is told on its page and on no other`() throws {
        let last = try #require(try names(ListRequest()).last)
        let desk = try damaged(last)
        let first = try desk.listing(ListRequest(page: 1))
        #expect(first.threads.allSatisfy { !$0.answers.isEmpty })
        #expect(desk.damagedCells == 0)
        let second = try desk.listing(ListRequest(page: 2)).threads
        #expect(second.map(\.thread).last == last)
        #expect(second.count { $0.answers.isEmpty } == 1)
        #expect(desk.damagedCells == 1)
    }
}
