import Foundation
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// A vault put back from an old copy.
@Suite struct RestoreTests {
    let setting: TestDesk
    let reporter: TestReporter
    let thread: String

    init() throws {
        setting = try TestDesk()
        reporter = setting.reporter()
        thread = try setting.takeReport(of: reporter)
    }

    /// A copy of the vault as it is now, opened as a desk of its own.
    private func copy() throws -> Desk {
        let path = setting.folder.file("copy.vault")
        try FileManager.default.copyItem(atPath: setting.folder.file("desk.vault"), toPath: path)
        return try Desk.open(vault: path, passphrase: TestDesk.passphrase(), access: .writing)
    }

    private func reply(_ desk: Desk, _ words: String, days: UInt32) throws {
        _ = try desk.reply(
            to: thread,
            kind: .message,
            text: ascii(words),
            today: TestDesk.today.adding(days)
        )
    }

    private func export(_ desk: Desk, days: UInt32) throws -> OutBundle {
        _ = try desk.export(
            to: setting.folder.file("out.bundle"),
            today: TestDesk.today.adding(days)
        )
        var source = ArraySource(try setting.folder.read("out.bundle"))
        return try OutBundle(from: &source, directory: Directory(text: setting.directoryText()))
    }

    /// Takes what is new of a bundle, as the server does, and closes a day.
    private func close(_ bundle: OutBundle?, days: UInt32, sent: [TestReporter.Sent] = []) {
        let server = setting.server
        let acknowledged = server.leaves.compactMap { leaf in
            leaf.type == .acknowledgement ? leaf.number : nil
        }
        if let bundle, bundle.acknowledgement.size > acknowledged.max() ?? 0 {
            server.cosigned = bundle.checkpoint.note
            server.append(
                .acknowledgement(
                    setting.organisation,
                    size: bundle.acknowledgement.size,
                    digest: bundle.checkpoint.note.digest
                )
            )
        }
        let known = Set(server.leaves.filter { $0.type == .reply }.map(\.tag))
        let new = (bundle?.rows ?? []).filter { !known.contains($0.tag) }
        server.close(
            TestDesk.today.adding(days),
            sent: sent,
            others: new.map { .reply($0.organisation, $0.tag, $0.digest) }
        )
    }

    private func take(_ desk: Desk, from: Int, days: UInt32) throws -> ImportOutcome {
        let path = try setting.folder.write(try setting.server.bundle(from: from), "in.bundle")
        return try desk.take(
            bundle: path,
            options: ImportOptions(today: TestDesk.today.adding(days))
        )
    }

    /// Two rounds of the stick at a desk: news comes in, an answer goes out.
    private func live(_ desk: Desk) throws {
        for round in 0..<2 as Range<UInt32> {
            try reply(desk, "antwoord \(round)", days: round + 1)
            let out = try export(desk, days: round + 1)
            let news = setting.reporter().send("nieuws \(round)", to: setting.key())
            let from = setting.server.leaves.count
            close(out, days: round + 1, sent: [news])
            #expect(try take(desk, from: from, days: round + 1).alarms.isEmpty)
        }
    }

    @Test func `one stick from where the copy stands, and nothing happened`() throws {
        let old = try copy()
        let from = setting.server.leaves.count
        try live(setting.desk)
        let outcome = try take(old, from: from, days: 3)
        #expect(outcome.alarms.isEmpty)
        #expect(outcome.messages == 2)
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        let names = try setting.desk.threads().map(\.thread)
        #expect(Set(try old.threads().map(\.thread)) == Set(names))
        let out = try export(old, days: 3)
        close(out, days: 3)
        #expect(try take(old, from: from, days: 3).alarms.isEmpty)
    }

    @Test func `its acknowledgement of long ago does not move the log back`() throws {
        let old = try copy()
        let from = setting.server.leaves.count
        try live(setting.desk)
        let stale = try export(old, days: 4)
        #expect(stale.acknowledgement.size == UInt64(from))
        close(stale, days: 4)
        let outcome = try take(old, from: from, days: 5)
        #expect(outcome.alarms.isEmpty)
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        #expect(try take(setting.desk, from: from, days: 5).alarms.isEmpty)
    }

    @Test func `what it writes before it caught up is sent under a number that is free`() throws {
        let old = try copy()
        let from = setting.server.leaves.count
        try live(setting.desk)
        try reply(old, "nog eens geschreven", days: 4)
        close(try export(old, days: 4), days: 4)
        let outcome = try take(old, from: from, days: 5)
        #expect(outcome.rewritten == 1)
        #expect(outcome.alarms.isEmpty)
        let out = try export(old, days: 5)
        #expect(out.rows.contains { $0.tag == reporter.keys.tags.replyTag(number: 2) })
        close(out, days: 5)
        #expect(try take(old, from: from, days: 6).rewritten == 0)
        #expect(
            try old.thread(thread).replies.map(\.sent) == [TestDesk.today.adding(5)]
        )
    }

    @Test func `what is written again is still taken back`() throws {
        let old = try copy()
        let from = setting.server.leaves.count
        try live(setting.desk)
        try reply(old, "toch maar niet", days: 4)
        _ = try old.withdraw(1, in: thread, today: TestDesk.today.adding(4))
        close(try export(old, days: 4), days: 4)
        #expect(try take(old, from: from, days: 5).rewritten == 1)
        #expect(try old.thread(thread).replies.map(\.withdrawal) == [.asked])
        let tag = reporter.keys.tags.replyTag(number: 2)
        let rows = try export(old, days: 5).rows.filter { $0.tag == tag }
        #expect(rows.map(\.kind) == [.reply, .withdrawal])
    }

    @Test func `an answer the copy knew is sent no second time`() throws {
        try reply(setting.desk, "een", days: 1)
        let old = try copy()
        let from = setting.server.leaves.count
        let out = try export(setting.desk, days: 1)
        close(out, days: 1)
        let outcome = try take(old, from: from, days: 2)
        #expect(outcome.rewritten == 0)
        #expect(try old.thread(thread).replies.map(\.sent) == [TestDesk.today.adding(1)])
        #expect(Set(try export(old, days: 2).rows).isDisjoint(with: Set(out.rows)))
    }
}
