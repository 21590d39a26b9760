import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

@Suite struct ImportTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
    }

    @Test func `a report is taken, filed and confirmed`() throws {
        let sent = setting.reporter().send("Ze wachten me op.", to: setting.key())
        setting.server.close(TestDesk.today, directory: setting.directory(), sent: [sent])
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        #expect(outcome.leaves == 3)
        #expect(outcome.messages == 1)
        #expect(outcome.unreadable == 0)
        #expect(outcome.alarms.isEmpty)
        #expect(outcome.cosigned == 3)
        let summary = try #require(try setting.desk.threads().first)
        #expect(summary.state == .new)
        #expect(summary.day == TestDesk.today)
        #expect(summary.deadline == TestDesk.today.adding(7))
        #expect(summary.theme == ascii("pesten"))
        #expect(summary.role == ascii("leerling"))
        #expect(summary.sector == ascii("vo"))
        let view = try setting.desk.thread(summary.thread)
        #expect(view.messages.map(\.message.text) == [ascii("Ze wachten me op.")])
    }

    @Test func `the same bundle twice is one report`() throws {
        let sent = setting.reporter().send("een keer", to: setting.key())
        setting.server.close(TestDesk.today, sent: [sent])
        let bundle = try setting.server.bundle()
        _ = try setting.take(bundle, directory: setting.directory())
        let again = try setting.take(bundle)
        #expect(again.leaves == 0)
        #expect(again.messages == 0)
        #expect(again.cosigned == 2)
        #expect(try setting.desk.threads().map(\.messages) == [1])
    }

    @Test func `a follow-up joins its thread, in the same stick and in a later one`() throws {
        let reporter = setting.reporter()
        let key = setting.key()
        setting.server.close(
            TestDesk.today,
            sent: [
                reporter.send("daarna", slot: 9, kind: .followUp, to: key),
                reporter.send("eerst", slot: 3000, to: key),
            ]
        )
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        let held = setting.server.leaves.count
        setting.server.close(
            TestDesk.today.adding(1),
            sent: [reporter.send("later", slot: 12, kind: .followUp, to: key)]
        )
        let outcome = try setting.take(try setting.server.bundle(from: held))
        #expect(outcome.messages == 1)
        let thread = try #require(try setting.desk.threads().first)
        #expect(thread.messages == 3)
        #expect(thread.deadline == TestDesk.today.adding(8))
        let texts = try setting.desk.thread(thread.thread).messages.map(\.message.text)
        #expect(texts == ["eerst", "daarna", "later"].map(ascii))
    }

    @Test func `fillers are dropped and everything of others passes by`() throws {
        let other = try #require(OrganisationID(ascii: ascii("helpdesk")))
        let filler = setting.reporter()
            .seal(Filler.frame(for: setting.organisation), to: setting.key())
        setting.server.close(
            TestDesk.today,
            sent: [filler],
            others: [.submission(other, .random(), Digest(of: [1]))]
        )
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 0)
        #expect(outcome.cosigned == 3)
    }

    @Test func `a message sealed to an older epoch opens`() throws {
        for epoch in 0...1 {
            let sent = setting.reporter().send("epoche", to: setting.key(epoch))
            setting.server.close(TestDesk.today.adding(UInt32(epoch)), sent: [sent])
        }
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        #expect(outcome.messages == 2)
    }

    @Test func `an empty log can be taken, and what follows it too`() throws {
        let none = try setting.take(try setting.server.bundle(), directory: setting.directory())
        #expect(none.leaves == 0)
        #expect(none.cosigned == 0)
        setting.server.close(TestDesk.today)
        #expect(try setting.take(try setting.server.bundle()).cosigned == 1)
    }

    @Test func `pieces are kept when a message names them, and asked after until they come`()
        throws
    {
        let piece = Envelope.piece(
            [UInt8](repeating: 1, count: EnvelopeClass.piece.plaintextSize)
        ).envelope
        var field = ByteWriter([1])
        field.u32(1000)
        field.u16(1)
        field.append(piece.digest.bytes)
        field.append([UInt8](repeating: 0, count: 32))
        let sent = setting.reporter()
            .send("met foto", attachments: field.bytes, to: setting.key())
        setting.server.close(TestDesk.today, sent: [sent])
        setting.server.pieces = [piece.digest: []]
        let first = try setting.take(try setting.server.bundle(), directory: setting.directory())
        #expect(first.piecesMissing == 1)
        #expect(first.cosigned == 2)
        let stranger = Envelope.piece(
            [UInt8](repeating: 2, count: EnvelopeClass.piece.plaintextSize)
        ).envelope
        setting.server.pieces = [piece.digest: piece.bytes, stranger.digest: stranger.bytes]
        let second = try setting.take(try setting.server.bundle())
        #expect(second.piecesMissing == 0)
        let thread = try #require(try setting.desk.threads().first)
        #expect(try setting.desk.thread(thread.thread).messages.map(\.heldPieces) == [[1]])
    }

    @Test func `no word of a report stands in any file, also while it is taken`() throws {
        let canary = "kanariepiet-in-de-kolenmijn"
        let sent = (0..<70).map { number in
            setting.reporter().send("\(canary) \(number)", to: setting.key())
        }
        setting.server.close(TestDesk.today, sent: sent)
        let path = try setting.folder.write(try setting.server.bundle(), "in.bundle")
        let options = ImportOptions(
            today: TestDesk.today,
            directory: setting.directory().bytes
        )
        var looks = 0
        _ = try setting.desk.take(bundle: path, options: options) { step, _, _ in
            guard step == .opening, let files = try? setting.folder.contents() else { return }
            looks += 1
            #expect(files.keys.sorted() == ["desk.vault", "desk.vault-journal", "in.bundle"])
            #expect(files.allSatisfy { !holds($0.value, canary) })
        }
        #expect(looks > 1)
        let thread = try #require(try setting.desk.threads().first)
        _ = try setting.desk.reply(
            to: thread.thread,
            kind: .message,
            text: ascii(canary),
            today: setting.server.today
        )
        _ = try setting.export()
        let files = try setting.folder.contents()
        #expect(Set(["desk.vault", "in.bundle", "out.bundle"]).isSubset(of: Set(files.keys)))
        #expect(files.allSatisfy { !holds($0.value, canary) })
        #expect(try !holds(setting.folder.read("desk.vault"), "nl-vi"))
    }
}

/// Whether bytes hold a word anywhere.
func holds(_ bytes: [UInt8], _ word: String) -> Bool {
    let wanted = ascii(word)
    return bytes.firstRange(of: wanted) != nil
}
