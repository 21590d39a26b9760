import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What an organisation does not collect, and its reporter opens to another.
@Suite struct ReleaseTests {
    let scene: ReleaseScene

    init() throws {
        scene = try ReleaseScene()
    }

    @Test func `its reporter opens exactly one of them, and an answer comes back`() throws {
        let sent = try scene.write()
        scene.logOverdue([sent, try scene.write("die blijft dicht", slot: 8, kind: .followUp)])
        try scene.house.take(scene.house.second)
        scene.logReleases([try scene.release(sent, words: "Lezen jullie dit?")])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 2)
        #expect(outcome.unreadable == 0)
        #expect(outcome.waiting == 1)
        let view = try #require(try scene.views().first)
        #expect(try scene.views().count == 1)
        #expect(view.messages.map(\.message.kind) == [.release, .report])
        #expect(view.messages.map(\.source) == [.written, .released(scene.house.first)])
        #expect(view.messages[0].opened == view.summary.thread)
        #expect(view.messages[0].message.text == ascii("Lezen jullie dit?"))
        #expect(view.messages[1].message.text == ascii("Niemand leest dit."))
        #expect(view.messages[1].writtenDay == TestHouse.today.adding(1))
        #expect(view.messages[1].day == scene.overdueDay.adding(1))
        #expect(view.summary.theme == ascii("pesten"))
        #expect(view.summary.deadline == scene.overdueDay.adding(8))
        let desk = try scene.house.desk(scene.house.second)
        _ = try desk.reply(
            to: view.summary.thread,
            kind: .message,
            text: ascii("Ja."),
            today: scene.house.server.today
        )
        let out = try scene.house.export(scene.house.second)
        let tag = scene.person.second.keys.tags.replyTag(number: 0)
        let row = try #require(out.rows.first { $0.tag == tag })
        let answer = scene.person.second.open(
            out.objects[row.digest] ?? [],
            number: 0,
            deskKeys: [desk.identity.deskKey.key]
        )
        #expect(answer?.text == ascii("Ja."))
        #expect(answer?.answered == Digest(of: sent.envelope))
    }

    @Test func `a release that comes first waits for its envelope`() throws {
        let sent = try scene.write()
        scene.logReleases([try scene.release(sent)], on: TestHouse.today.adding(2))
        #expect(try scene.house.take(scene.house.second).messages == 1)
        #expect(try scene.views().map { $0.messages.map(\.opened) } == [[nil]])
        scene.logOverdue([sent])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 1)
        #expect(outcome.waiting == 0)
        let view = try #require(try scene.views().first)
        #expect(view.messages.map(\.source) == [.written, .released(scene.house.first)])
        #expect(view.messages[0].opened == view.summary.thread)
    }

    @Test func `a release and its envelope may come in one bundle`() throws {
        let sent = try scene.write()
        scene.logReleases([try scene.release(sent)], on: TestHouse.today.adding(2))
        scene.logOverdue([sent])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 2)
        #expect(outcome.waiting == 0)
        #expect(try scene.house.take(scene.house.second).messages == 0)
    }

    @Test func `what was handed on before its reporter opens it is there once`() throws {
        let house = scene.house
        let sent = try scene.write()
        let consent = scene.person.consent(
            to: try house.key(house.first),
            other: try house.key(house.second)
        )
        house.server.close(TestHouse.today.adding(2), sent: [consent])
        try house.take(house.first)
        let name = String(utf8: scene.person.first.keys.threadDigest.hex)
        _ = try house.desk(house.first).transfer(name, today: house.server.today)
        house.log(try house.export(house.first), on: TestHouse.today.adding(3))
        scene.logOverdue([sent])
        #expect(try house.take(house.second).messages == 1)
        scene.logReleases([try scene.release(sent)])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 1, "the release itself")
        #expect(outcome.waiting == 0)
        let view = try #require(try scene.views().first)
        #expect(Set(view.messages.map(\.message.kind)) == [.report, .release])
        #expect(view.messages.count == 2)
        #expect(!view.messages.map(\.source).contains(.released(house.first)))
    }

    @Test func `a release that does not open is unreadable and changes nothing`() throws {
        let sent = try scene.write()
        scene.logOverdue([sent])
        scene.logReleases([try scene.release(sent, ofSlot: 9)])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 1)
        #expect(outcome.waiting == 1)
        #expect(try scene.reasons() == [.releaseDoesNotOpen])
        #expect(try scene.views().isEmpty)
        // Neither thread nor slot are taken: the right one opens it under the same slot.
        scene.logReleases([try scene.release(sent)], on: scene.overdueDay.adding(2))
        #expect(try scene.house.take(scene.house.second).messages == 2)
        #expect(try scene.reasons() == [.releaseDoesNotOpen])
    }

    @Test func `an early release that turns out not to open is taken out again`() throws {
        let sent = try scene.write()
        scene.logReleases([try scene.release(sent, ofSlot: 9)], on: TestHouse.today.adding(2))
        #expect(try scene.house.take(scene.house.second).messages == 1)
        #expect(try scene.views().count == 1)
        scene.logOverdue([sent])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 1)
        #expect(outcome.waiting == 1)
        #expect(try scene.views().isEmpty)
        #expect(try scene.reasons() == [.releaseDoesNotOpen])
        scene.logReleases([try scene.release(sent)])
        #expect(try scene.house.take(scene.house.second).messages == 2)
        #expect(try scene.views().count == 1)
    }

    @Test func `in one bundle it is taken out within the count`() throws {
        let sent = try scene.write()
        scene.logReleases([try scene.release(sent, ofSlot: 9)], on: TestHouse.today.adding(2))
        scene.logOverdue([sent])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 1)
        #expect(try scene.views().isEmpty)
        #expect(try scene.reasons() == [.releaseDoesNotOpen])
    }

    @Test func `its slot is free again within the same bundle`() throws {
        let sent = try scene.write()
        scene.logReleases([try scene.release(sent, ofSlot: 9)], on: TestHouse.today.adding(2))
        scene.logOverdue([sent])
        scene.logReleases([try scene.release(sent)])
        #expect(try scene.house.take(scene.house.second).messages == 2)
        #expect(try scene.views().map(\.messages.count) == [2])
    }

    @Test func `a second release of the same envelope changes nothing`() throws {
        let sent = try scene.write()
        scene.logOverdue([sent])
        scene.logReleases([
            try scene.release(sent), try scene.release(sent, words: "nog eens", slot: 21),
        ])
        #expect(try scene.house.take(scene.house.second).messages == 3)
        let view = try #require(try scene.views().first)
        #expect(view.messages.map(\.message.kind) == [.release, .release, .report])
        #expect(try scene.reasons().isEmpty)
        #expect(view.messages.map(\.opened) == [view.summary.thread, view.summary.thread, nil])
    }

    @Test func `an envelope opened once is opened when it is called overdue again`() throws {
        let sent = try scene.write()
        scene.logOverdue([sent])
        scene.logReleases([try scene.release(sent)])
        try scene.house.take(scene.house.second)
        let twin = TestReporter.Sent(tag: .random(), envelope: sent.envelope)
        scene.logOverdue([twin])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.waiting == 0)
        #expect(outcome.messages == 0)
    }

    @Test func `pieces of a released message are asked for until they come`() throws {
        let data = [UInt8](repeating: 1, count: EnvelopeClass.piece.plaintextSize)
        let piece = Envelope.piece(data).envelope
        var field = ByteWriter([1])
        field.u32(1000)
        field.u16(1)
        field.append(piece.digest.bytes)
        field.append(VaultKey.randomBytes(32))
        let sent = try scene.write(attachments: field.bytes)
        scene.logOverdue([sent])
        try scene.house.take(scene.house.second)
        #expect(
            try !scene.house.export(scene.house.second).rows.contains { $0.kind == .pieceWanted }
        )
        scene.logReleases([try scene.release(sent)])
        #expect(try scene.house.take(scene.house.second).piecesMissing == 1)
        for _ in 0..<2 {
            let wanted = try scene.house.export(scene.house.second).rows.filter {
                $0.kind == .pieceWanted
            }
            #expect(wanted == [.pieceWanted(by: scene.house.second, digest: piece.digest)])
        }
        scene.house.server.pieces[piece.digest] = piece.bytes
        #expect(try scene.house.take(scene.house.second).piecesMissing == 0)
        #expect(
            try !scene.house.export(scene.house.second).rows.contains { $0.kind == .pieceWanted }
        )
        #expect(try scene.views().first?.messages.last?.heldPieces == [1])
    }
}
