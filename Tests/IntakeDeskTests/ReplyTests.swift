import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

@Suite struct ReplyTests {
    let setting: TestDesk
    let reporter: TestReporter
    let thread: String

    init() throws {
        setting = try TestDesk()
        reporter = setting.reporter()
        let sent = [
            reporter.send("help", to: setting.key()),
            setting.reporter().send("iemand anders", to: setting.key()),
        ]
        setting.server.close(TestDesk.today, directory: setting.directory(), sent: sent)
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        thread = String(String(utf8: reporter.keys.threadDigest.hex).prefix(8))
    }

    @discardableResult
    private func reply(
        _ words: String,
        _ kind: Reply.Kind = .message
    ) throws -> WrittenReply {
        try setting.desk.reply(
            to: thread,
            kind: kind,
            text: ascii(words),
            today: setting.server.today
        )
    }

    /// Closes the next day with all replies of a stick in the log.
    private func log(_ bundle: OutBundle) throws {
        let from = setting.server.leaves.count
        let leaves = bundle.rows.map { Leaf.reply($0.organisation, $0.tag, $0.digest) }
        setting.server.close(TestDesk.today.adding(1), others: leaves)
        _ = try setting.take(try setting.server.bundle(from: from))
    }

    @Test func `a reply reaches its reporter and nobody else`() throws {
        try reply("We hebben het gelezen.")
        let out = try setting.export()
        let tag = reporter.keys.tags.replyTag(number: 0)
        let place = try #require(out.bundle.rows.firstIndex { $0.tag == tag })
        #expect(out.bundle.rows[place].shard == 0)
        #expect(out.bundle.shards == 1)
        let opened = reporter.open(out.objects[place], number: 0, deskKeys: setting.deskKeys)
        let reply = try #require(opened)
        #expect(reply.text == ascii("We hebben het gelezen."))
        #expect(reply.kind == .message)
        #expect(reply.day == TestDesk.today)
        let stranger = setting.reporter()
        for object in out.objects {
            #expect(stranger.open(object, number: 0, deskKeys: setting.deskKeys) == nil)
        }
        let others = out.objects.indices.filter { $0 != place }
        for other in others {
            #expect(reporter.open(out.objects[other], number: 0, deskKeys: setting.deskKeys) == nil)
        }
        let wrongDesk = [SigningKeyPair.random().publicKey]
        #expect(reporter.open(out.objects[place], number: 0, deskKeys: wrongDesk) == nil)
        #expect(reporter.open(out.objects[place], number: 1, deskKeys: setting.deskKeys) == nil)
    }

    @Test func `a reply answers the newest message`() throws {
        let from = setting.server.leaves.count
        let sent = reporter.send("nog iets", slot: 8, kind: .followUp, to: setting.key())
        setting.server.close(TestDesk.today.adding(1), sent: [sent])
        _ = try setting.take(try setting.server.bundle(from: from))
        try reply("Dank je.")
        let out = try setting.export()
        let tag = reporter.keys.tags.replyTag(number: 0)
        let place = try #require(out.bundle.rows.firstIndex { $0.tag == tag })
        let opened = reporter.open(out.objects[place], number: 0, deskKeys: setting.deskKeys)
        #expect(opened?.answered == Digest(of: sent.envelope))
    }

    @Test(arguments: [(1, 3), (3, 1), (4, 0), (5, 3), (0, 4)])
    func `the stick is filled to a multiple of four`(replies: Int, fillers: Int) throws {
        for number in 0..<replies { try reply("antwoord \(number)") }
        let outcome = try setting.desk.export(
            to: setting.folder.file("out.bundle"),
            today: TestDesk.today
        )
        #expect(outcome.replies == replies)
        #expect(outcome.fillers == fillers)
        #expect(try setting.export().bundle.rows.count % 4 == 0)
    }

    @Test func `while nothing changes the same bytes go out`() throws {
        try reply("een")
        let first = try setting.export()
        #expect(try setting.export().bytes == first.bytes)
        try reply("twee")
        let second = try setting.export()
        #expect(Set(first.bundle.rows).isSubset(of: Set(second.bundle.rows)))
        #expect(second.bundle.rows.count == 8)
    }

    @Test func `a reply waits until the log has it, and is sent no more`() throws {
        try reply("een")
        let first = try setting.export()
        try log(first.bundle)
        #expect(try setting.desk.thread(thread).replies.map(\.sent) == [TestDesk.today.adding(1)])
        let second = try setting.export()
        #expect(Set(second.bundle.rows).isDisjoint(with: Set(first.bundle.rows)))
        #expect(
            try setting.desk.export(
                to: setting.folder.file("out.bundle"),
                today: TestDesk.today
            ).replies == 0
        )
        #expect(second.bundle.have == UInt64(setting.server.leaves.count))
    }

    @Test func `a leaf with our tag but another reply is not ours`() throws {
        try reply("een")
        let out = try setting.export()
        let from = setting.server.leaves.count
        let leaves = out.bundle.rows.map { Leaf.reply($0.organisation, $0.tag, Digest(of: [9])) }
        setting.server.close(TestDesk.today.adding(1), others: leaves)
        _ = try setting.take(try setting.server.bundle(from: from))
        #expect(try setting.desk.thread(thread).replies.map(\.sent) == [nil])
    }

    @Test func `a vault that begins in the middle of the log numbers from 32 on`() throws {
        let setting = try TestDesk()
        let reporter = setting.reporter()
        setting.server.close(TestDesk.today, directory: setting.directory())
        let from = setting.server.leaves.count
        let sent = reporter.send("help", to: setting.key())
        setting.server.close(TestDesk.today.adding(1), sent: [sent])
        _ = try setting.take(
            try setting.server.bundle(from: from),
            directory: setting.directory(),
            acceptedStart: UInt64(from)
        )
        let name = String(utf8: reporter.keys.threadDigest.hex)
        let numbers = try (0..<33).map { _ in
            try setting.desk.reply(
                to: name,
                kind: .message,
                text: ascii("Dag."),
                today: setting.server.today
            ).number
        }
        #expect(numbers == Array(32..<64) + [0])
    }

    @Test func `numbers count on, past those the log has already`() throws {
        let restored = (0...2).map { number in
            Leaf.reply(
                setting.organisation,
                reporter.keys.tags.replyTag(number: number),
                Digest(of: [1])
            )
        }
        let from = setting.server.leaves.count
        setting.server.close(TestDesk.today.adding(1), others: restored)
        _ = try setting.take(try setting.server.bundle(from: from))
        #expect(try reply("drie").number == 3)
        #expect(try reply("vier").number == 4)
    }

    @Test func `a thread holds 64 replies and says so`() throws {
        for number in 0..<64 { #expect(try reply("antwoord").number == UInt32(number)) }
        #expect(throws: NewReplyError.threadFull) { try reply("te veel") }
    }

    @Test func `texts that cannot be sent are refused before anything is written`() throws {
        #expect(throws: NewReplyError.textMissing) { try reply(" \n\n") }
        #expect(throws: NewReplyError.textMissing) { try reply("", .question) }
        for unseen in ["\u{A0}\u{200B}", "\u{3164}", "\u{2800}\n\u{2800}", "\u{FEFF}"] {
            #expect(throws: NewReplyError.textMissing, "\(unseen)") { try reply(unseen) }
        }
        #expect(throws: NewReplyError.textUnprintable) {
            try setting.desk.reply(
                to: thread,
                kind: .message,
                text: [0xC3, 0x28],
                today: setting.server.today
            )
        }
        #expect(try setting.desk.thread(thread).replies.isEmpty)
        try reply(String(repeating: "é", count: 1500))
        try reply("", .received)
        try reply("regel een\r\nregel\ttwee\u{7}", .closed)
        try reply("\u{2800}", .received)
        let texts = try setting.desk.thread(thread).replies.map(\.text)
        #expect(texts.suffix(2) == [ascii("regel een\nregel twee"), []])
    }

    @Test(arguments: [
        (String(repeating: "a", count: 3001), 3001, 1),
        (String(repeating: "ب", count: 1501), 3002, 1),
        (String(repeating: "👨‍👩‍👧‍👦", count: 130), 3250, 10),
        (String(repeating: "a", count: 3000) + "é\u{301}", 3004, 1),
    ])
    func `what is too long is told by the letters that do not fit`(
        text: String,
        bytes: Int,
        signs: Int
    ) {
        let refusal = NewReplyError.textTooLong(found: bytes, most: 3000, signs: signs)
        #expect(throws: refusal) { try reply(text) }
    }

    @Test func `states follow what was said last`() throws {
        func state() throws -> ThreadState { try setting.desk.thread(thread).summary.state }
        #expect(try state() == .new)
        try reply("", .received)
        #expect(try state() == .received)
        try reply("Wanneer was dat?", .question)
        #expect(try state() == .answered)
        let from = setting.server.leaves.count
        let sent = reporter.send("gisteren", slot: 8, kind: .followUp, to: setting.key())
        setting.server.close(TestDesk.today.adding(3), sent: [sent])
        _ = try setting.take(try setting.server.bundle(from: from))
        #expect(try state() == .followUp)
        #expect(try setting.desk.thread(thread).summary.deadline == TestDesk.today.adding(10))
        try reply("", .closed)
        #expect(try state() == .closed)
        #expect(try setting.desk.thread(thread).summary.deadline == nil)
    }

    @Test func `the most urgent thread stands first`() throws {
        let late = setting.reporter()
        let from = setting.server.leaves.count
        let sent = late.send("later gekomen", to: setting.key())
        setting.server.close(TestDesk.today.adding(2), sent: [sent])
        _ = try setting.take(try setting.server.bundle(from: from))
        try reply("", .closed)
        let threads = try setting.desk.threads()
        #expect(threads.map(\.state) == [.new, .new, .closed])
        #expect(threads[0].day == TestDesk.today)
        #expect(threads[1].day == TestDesk.today.adding(2))
        #expect(threads[2].thread == thread)
    }

    @Test func `threads are found by the beginning of their id`() throws {
        #expect(try setting.desk.thread(thread.uppercased()).summary.thread == thread)
        #expect(throws: RequestError.noSuchThread("0123456789abcdef")) {
            try setting.desk.thread("0123456789abcdef")
        }
        for typed in ["", "abc", "xyz12345", "\u{1B}[2J", "../etc"] {
            #expect(throws: RequestError.notAThreadID(typed)) {
                try setting.desk.thread(typed)
            }
        }
    }

    @Test func `nothing can go out before something came in`() throws {
        let fresh = try TestDesk()
        #expect(throws: NothingImportedError()) { try fresh.export() }
    }

    @Test func `a stick that cannot be written is named and nothing is lost`() throws {
        try reply("een")
        let path = setting.folder.file("missing/out.bundle")
        #expect(throws: FileError.self) { try setting.desk.export(to: path, today: TestDesk.today) }
        #expect(
            try setting.desk.export(
                to: setting.folder.file("out.bundle"),
                today: TestDesk.today
            ).replies == 1
        )
    }
}
