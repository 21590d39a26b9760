import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// The file for a server that fell behind.
@Suite struct LeavesTests {
    let setting: TestDesk
    let reporter: TestReporter
    let thread: String

    init() throws {
        setting = try TestDesk()
        reporter = setting.reporter()
        thread = try setting.takeReport(of: reporter)
    }

    private func write(_ days: UInt32 = 0) throws -> LeavesOutcome {
        try setting.desk.exportLeaves(
            to: setting.folder.file("leaves"),
            today: TestDesk.today.adding(days)
        )
    }

    /// Reads the file as the server does.
    private func read() throws -> (file: LeavesFile, bundle: OutBundle, objects: [[UInt8]]) {
        var source = ArraySource(try setting.folder.read("leaves"))
        let file = try LeavesFile(
            from: &source,
            origin: setting.server.log.name,
            logKeys: [setting.server.log.verifierKey]
        )
        let listed = try Directory(text: setting.directoryText())
        let bundle = try OutBundle(from: &source, directory: listed)
        var objects: [[UInt8]] = []
        for row in bundle.rows where row.objectSize > 0 {
            objects.append(try OutBundle.object(of: row, from: &source))
        }
        #expect(source.read(1).isEmpty)
        return (file, bundle, objects)
    }

    /// Writes a reply, sends it out, and logs it on a day.
    private func answer(_ words: String, days: UInt32) throws -> [OutRow] {
        _ = try setting.desk.reply(
            to: thread,
            kind: .message,
            text: ascii(words),
            today: TestDesk.today.adding(days)
        )
        let rows = try setting.export().bundle.rows
        setting.server.close(
            TestDesk.today.adding(days),
            others: rows.map { Leaf.reply($0.organisation, $0.tag, $0.digest) }
        )
        _ = try setting.take(
            try setting.server.bundle(),
            today: TestDesk.today.adding(days)
        )
        return rows
    }

    @Test func `it has all leaves under the newest checkpoint, and a bundle of its own`() throws {
        let outcome = try write()
        let (file, bundle, _) = try read()
        #expect(file.run.leaves == setting.server.leaves)
        #expect(file.run.before == MerkleTree())
        #expect(file.checkpoint == (try setting.server.checkpoint()))
        #expect(bundle.acknowledgement.size == 3)
        #expect(outcome.from == 0)
        #expect(outcome.to == 3)
        #expect(outcome.export.rows == bundle.rows.count)
    }

    @Test func `answers that the log has had for up to 90 days go along again`() throws {
        let early = try answer("een", days: 1)
        let late = try answer("twee", days: 60)
        _ = try write(91)
        let all = try read()
        #expect(Set(early + late).isSubset(of: Set(all.bundle.rows)))
        let place = try #require(
            all.bundle.rows.firstIndex { $0.tag == reporter.keys.tags.replyTag(number: 0) }
        )
        let opened = reporter.open(all.objects[place], number: 0, deskKeys: setting.deskKeys)
        #expect(opened?.text == ascii("een"))
        _ = try write(92)
        let rows = Set(try read().bundle.rows)
        #expect(rows.isDisjoint(with: Set(early)))
        #expect(Set(late).isSubset(of: rows))
        #expect(Set(try setting.export().bundle.rows).isDisjoint(with: Set(early + late)))
    }

    @Test func `an answer withdrawn does not come again`() throws {
        let rows = try answer("een", days: 1)
        let tag = reporter.keys.tags.replyTag(number: 0)
        let reply = try #require(rows.first { $0.tag == tag })
        _ = try setting.desk.withdraw(1, in: thread, today: TestDesk.today.adding(2))
        setting.server.close(
            TestDesk.today.adding(2),
            others: [.withdrawal(setting.organisation, tag, reply.digest)]
        )
        _ = try setting.take(try setting.server.bundle(), today: TestDesk.today.adding(2))
        _ = try write(3)
        let again = try read().bundle.rows
        #expect(!again.contains { $0.tag == tag })
        #expect(again.contains { $0.tag == rows.first { $0.tag != tag }?.tag })
    }

    @Test func `what goes along again is not waited for`() throws {
        let logged = try answer("een", days: 1)
        _ = try write(2)
        let sent = try setting.desk.vault.read { cells in
            SentRow.list(try cells.cell(.sent, row: try cells.lastRow(of: .sent), .rows))
        }
        let waiting = try #require(sent)
        #expect(Set(waiting).isDisjoint(with: Set(logged.compactMap { SentRow($0) })))
        #expect(waiting.count == 4)
        let kinds = try setting.desk.journal().entries.map(\.kind)
        #expect(kinds.last == .leavesExported)
    }

    @Test func `a desk that begins later gives what it has`() throws {
        let late = try TestDesk()
        for day in 0..<3 as Range<UInt32> { late.server.close(TestDesk.today.adding(day)) }
        _ = try late.take(
            try late.server.bundle(from: 2),
            directory: late.directory(),
            acceptedStart: 2
        )
        _ = try late.desk.exportLeaves(to: late.folder.file("leaves"), today: TestDesk.today)
        var source = ArraySource(try late.folder.read("leaves"))
        let file = try LeavesFile(
            from: &source,
            origin: late.server.log.name,
            logKeys: [late.server.log.verifierKey]
        )
        #expect(file.run.before == late.server.tree(of: 2))
        #expect(file.run.leaves == [late.server.leaves[2]])
    }

    @Test func `an older stick taken last does not shorten it`() throws {
        setting.server.close(TestDesk.today.adding(1))
        _ = try setting.take(try setting.server.bundle())
        _ = try setting.take(try setting.server.bundle(to: 3))
        #expect(try write().to == 4)
        #expect(try read().file.checkpoint == (try setting.server.checkpoint()))
    }

    @Test func `before anything came in there is nothing to give`() throws {
        let fresh = try TestDesk()
        #expect(throws: NothingImportedError()) {
            try fresh.desk.exportLeaves(to: fresh.folder.file("leaves"), today: TestDesk.today)
        }
    }
}
