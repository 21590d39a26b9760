import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What another desk transferred, at the desk that receives it.
@Suite struct HandedOnTests {
    let scene: TransferScene

    init() throws {
        scene = try TransferScene()
    }

    @Test func `what a reporter wrote is read at the other desk, and answered there`() throws {
        try scene.write([
            try scene.message("Het begon in mei."),
            try scene.message("Nu weer.", slot: 8, kind: .followUp),
            try scene.consent(words: "Ja hoor."),
        ])
        let view = try scene.house.desk(scene.house.first).thread(scene.thread)
        #expect(view.messages.map(\.message.kind) == [.report, .followUp, .consent])
        #expect(view.messages[2].message.text == ascii("Ja hoor."))
        #expect(
            view.transferred == [
                .init(organisation: scene.house.second, messages: 0, unsent: 0, open: 2)
            ]
        )
        let outcome = try scene.transfer()
        #expect(outcome.parts.map(\.messages) == [2])
        #expect(outcome.parts.map(\.name) == ["De Hulplijn (helpdesk)"])
        let taken = try scene.carry(day: 2)
        #expect(taken.messages == 2)
        #expect(taken.unreadable == 0)
        let there = try scene.received()
        #expect(
            there.messages.map(\.source) == [
                .transferred(scene.house.first), .transferred(scene.house.first),
            ]
        )
        #expect(
            there.messages.map(\.message.text) == [ascii("Het begon in mei."), ascii("Nu weer.")]
        )
        #expect(there.summary.theme == ascii("pesten"))
        #expect(there.summary.state == .new)
        let desk = try scene.house.desk(scene.house.second)
        _ = try desk.reply(
            to: there.summary.thread,
            kind: .message,
            text: ascii("We lezen mee."),
            today: TestHouse.today
        )
        let out = try scene.house.export(scene.house.second)
        let tag = scene.person.second.keys.tags.replyTag(number: 0)
        let row = try #require(out.rows.first { $0.tag == tag })
        #expect(row.shard == 0)
        let answer = scene.person.second.open(
            out.objects[row.digest] ?? [],
            number: 0,
            deskKeys: [desk.identity.deskKey.key]
        )
        #expect(answer?.text == ascii("We lezen mee."))
    }

    @Test func `the same message transferred twice is there once, and no alarm`() throws {
        try scene.write([try scene.message("een"), try scene.consent()])
        _ = try scene.transfer()
        let out = try scene.house.export(scene.house.first)
        scene.house.log(out, on: TestHouse.today.adding(2))
        // One of the four is the message; which, nobody can tell.
        for row in scene.transferred(in: out) {
            scene.house.server.append(
                .transferred(scene.house.second, .random(), row.digest),
                try #require(out.objects[row.digest])
            )
        }
        scene.house.server.close(TestHouse.today.adding(3))
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 1)
        #expect(outcome.unreadable == 0)
        #expect(outcome.alarms.isEmpty)
        #expect(try scene.received().messages.count == 1)
    }

    @Test func `a thread that is there already is joined`() throws {
        let from = scene.house.server.leaves.count
        let own = scene.person.second.send(
            "ook aan jullie",
            slot: 3,
            to: try scene.house.key(scene.house.second)
        )
        scene.house.server.append(
            .submission(scene.house.second, own.tag, Digest(of: own.envelope)),
            own.envelope
        )
        scene.house.server.close(TestHouse.today.adding(1))
        try scene.house.take(scene.house.second, from: from)
        try scene.house.take(scene.house.first, from: from)
        try scene.write([try scene.message("een"), try scene.consent()], day: 2)
        _ = try scene.transfer()
        try scene.carry(day: 3)
        let view = try scene.received()
        #expect(view.messages.map(\.source) == [.written, .transferred(scene.house.first)])
        #expect(try scene.house.desk(scene.house.second).threads().count == 1)
        // The slot of the message transferred is free for what the reporter writes here.
        let next = scene.house.server.leaves.count
        let later = scene.person.second.send(
            "en nog iets",
            slot: 7,
            kind: .followUp,
            to: try scene.house.key(scene.house.second)
        )
        scene.house.server.append(
            .submission(scene.house.second, later.tag, Digest(of: later.envelope)),
            later.envelope
        )
        scene.house.server.close(TestHouse.today.adding(4))
        #expect(try scene.house.take(scene.house.second, from: next).messages == 1)
    }

    @Test func `what was transferred here cannot be transferred again`() throws {
        try scene.write([try scene.message("een"), try scene.consent()])
        _ = try scene.transfer()
        try scene.carry(day: 2)
        let back = TransferKeys(
            scene.person.first.keys,
            sealedTo: try scene.house.key(scene.house.first)
        )
        let from = scene.house.server.leaves.count
        let consent = scene.person.second.send(
            "",
            slot: 30,
            kind: .consent,
            consent: back,
            to: try scene.house.key(scene.house.second)
        )
        scene.house.server.append(
            .submission(scene.house.second, consent.tag, Digest(of: consent.envelope)),
            consent.envelope
        )
        scene.house.server.close(TestHouse.today.adding(3))
        try scene.house.take(scene.house.second, from: from)
        #expect(throws: TransferError.nothingWrittenHere) {
            try scene.house.desk(scene.house.second).transfer(
                String(utf8: scene.person.second.keys.threadDigest.hex),
                today: scene.house.server.today
            )
        }
    }

    @Test func `pieces of a message transferred are asked for by the receiving desk`() throws {
        var field = ByteWriter([1])
        field.u32(1000)
        field.u16(1)
        let piece = Digest(of: [7])
        field.append(piece.bytes)
        field.append(VaultKey.randomBytes(32))
        try scene.write([
            try scene.message("met foto", attachments: field.bytes), try scene.consent(),
        ])
        _ = try scene.transfer()
        #expect(try scene.carry(day: 2).piecesMissing == 1)
        let wanted = try scene.house.export(scene.house.second).rows.filter {
            $0.kind == .pieceWanted
        }
        #expect(wanted == [.pieceWanted(by: scene.house.second, digest: piece)])
        #expect(try scene.received().messages.map(\.heldPieces) == [[0]])
    }
}
