import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Transferring a thread: with its reporter's consent and never without.
@Suite struct TransferTests {
    let scene: TransferScene

    init() throws {
        scene = try TransferScene()
    }

    @Test func `the question names the other organisation and reaches the reporter`() throws {
        try scene.write([try scene.message("help")])
        let desk = try scene.house.desk(scene.house.first)
        _ = try desk.reply(
            to: scene.thread,
            kind: .transfer,
            text: ascii("Mogen we dit doorgeven?"),
            other: scene.house.second,
            today: TestHouse.today
        )
        #expect(try desk.thread(scene.thread).replies.map(\.other) == [scene.house.second])
        let out = try scene.house.export(scene.house.first)
        let tag = scene.person.first.keys.tags.replyTag(number: 0)
        let row = try #require(out.rows.first { $0.tag == tag })
        let reply = scene.person.first.open(
            out.objects[row.digest] ?? [],
            number: 0,
            deskKeys: [desk.identity.deskKey.key]
        )
        #expect(reply?.kind == .transfer)
        #expect(reply?.other == scene.house.second)
    }

    @Test func `a question about nobody, about ourselves or without words is refused`() throws {
        try scene.write([try scene.message("help")])
        let desk = try scene.house.desk(scene.house.first)
        for name in ["nl-vi", "elders"] {
            let other = try #require(OrganisationID(ascii: ascii(name)))
            #expect(throws: NewReplyError.notAnotherOrganisation(name)) {
                try desk.reply(
                    to: scene.thread,
                    kind: .transfer,
                    text: ascii("Mag het?"),
                    other: other,
                    today: TestHouse.today
                )
            }
        }
        #expect(throws: NewReplyError.textMissing) {
            try desk.reply(
                to: scene.thread,
                kind: .transfer,
                text: [],
                other: scene.house.second,
                today: TestHouse.today
            )
        }
        #expect(try desk.thread(scene.thread).replies.isEmpty)
    }

    @Test func `without a consent nothing is transferred, and the refusal says how to ask`() throws
    {
        try scene.write([try scene.message("help")])
        let refusal = #expect(throws: TransferError.noConsent) { try scene.transfer() }
        #expect(refusal?.clause.contains("did not agree") == true)
        #expect(refusal?.hint?.contains("--kind transfer") == true)
        #expect(try scene.house.export(scene.house.first).rows.count == 8)
    }

    @Test func `it goes out until the log has it, and is transferred once`() throws {
        try scene.write([try scene.message("een"), try scene.consent()])
        _ = try scene.transfer()
        let first = scene.transferred(in: try scene.house.export(scene.house.first))
        #expect(first.count == 4)
        #expect(try scene.transferred(in: scene.house.export(scene.house.first)) == first)
        #expect(
            try scene.house.desk(scene.house.first).thread(scene.thread).transferred.map(\.unsent)
                == [
                    1
                ]
        )
        #expect(try scene.transfer().parts.map(\.messages) == [0])
        try scene.carry(day: 2)
        let transferred = try scene.house.desk(scene.house.first).thread(scene.thread).transferred
        #expect(
            transferred == [
                .init(organisation: scene.house.second, messages: 1, unsent: 0, open: 0)
            ]
        )
        #expect(try scene.transferred(in: scene.house.export(scene.house.first)) != first)
        #expect(
            try scene.house.desk(scene.house.first).export(
                to: scene.house.folder.file("out.bundle"),
                today: TestHouse.today
            ).transferred == 0
        )
    }

    @Test func `later messages are transferred when somebody says so again`() throws {
        try scene.write([try scene.message("een"), try scene.consent()])
        _ = try scene.transfer()
        try scene.carry(day: 2)
        try scene.write([try scene.message("twee", slot: 9, kind: .followUp)], day: 3)
        #expect(
            try scene.house.desk(scene.house.first).thread(scene.thread).transferred.map(\.open)
                == [1]
        )
        #expect(try scene.carry(day: 4).messages == 0)
        #expect(try scene.transfer().parts.map(\.messages) == [1])
        #expect(try scene.carry(day: 5).messages == 1)
        #expect(try scene.received().messages.map(\.message.text) == [ascii("een"), ascii("twee")])
    }

    @Test func `a consent counts for the organisation it names alone`() throws {
        let elsewhere = try #require(OrganisationID(ascii: ascii("elders")))
        let stranger = TestReporter(organisation: elsewhere)
        let keys = TransferKeys(stranger.keys, sealedTo: try scene.house.key(scene.house.second))
        let own = TransferKeys(
            scene.person.first.keys,
            sealedTo: try scene.house.key(scene.house.first)
        )
        let key = try scene.house.key(scene.house.first)
        try scene.write([
            try scene.message("een"),
            scene.person.first.send("", slot: 30, kind: .consent, consent: keys, to: key),
        ])
        #expect(throws: TransferError.notReachable("elders")) { try scene.transfer() }
        #expect(try scene.transferred(in: scene.house.export(scene.house.first)).count == 4)
        try scene.write(
            [scene.person.first.send("", slot: 31, kind: .consent, consent: own, to: key)],
            day: 2
        )
        #expect(
            try scene.house.desk(scene.house.first).thread(scene.thread).transferred.map(
                \.organisation
            )
                == [elsewhere]
        )
        try scene.write([try scene.consent(slot: 32)], day: 3)
        let parts = try scene.transfer().parts
        #expect(parts.map(\.organisation) == [elsewhere, scene.house.second])
        #expect(parts.map(\.messages) == [nil, 1])
    }

    @Test func `a consent of one thread hands on no other`() throws {
        let neighbour = scene.house.person()
        try scene.write([
            try scene.message("een"), try scene.consent(),
            neighbour.first.send("van de buren", to: try scene.house.key(scene.house.first)),
        ])
        _ = try scene.transfer()
        #expect(try scene.carry(day: 2).messages == 1)
        #expect(throws: TransferError.noConsent) {
            try scene.house.desk(scene.house.first).transfer(
                String(utf8: neighbour.first.keys.threadDigest.hex),
                today: scene.house.server.today
            )
        }
    }

    @Test func `a consent alone has nothing to transfer`() throws {
        try scene.write([try scene.consent()])
        #expect(throws: TransferError.nothingWrittenHere) { try scene.transfer() }
    }

    @Test func `it is sealed to the key of the day`() throws {
        try scene.write([try scene.message("een"), try scene.consent()])
        _ = try scene.house.desk(scene.house.first).transfer(
            scene.thread,
            today: TestHouse.today.adding(100)
        )
        let out = try scene.house.export(scene.house.first)
        let row = try #require(scene.transferred(in: out).first)
        let sealed = try Envelope(bytes: out.objects[row.digest] ?? [], expecting: .text)
        let ring = try scene.house.desk(scene.house.second).identity.ring
        #expect(throws: Never.self) { try sealed.open(with: ring) }
        let late = TestHouse.today.adding(300)
        try scene.write([try scene.message("twee", slot: 9, kind: .followUp)], day: 2)
        #expect(throws: TransferError.notReachable("helpdesk")) {
            try scene.house.desk(scene.house.first).transfer(scene.thread, today: late)
        }
    }

    @Test func `every stick has a multiple of four for each other organisation`() throws {
        let first = scene.transferred(in: try scene.house.export(scene.house.first))
        #expect(first.map(\.organisation) == Array(repeating: scene.house.second, count: 4))
        #expect(try scene.transferred(in: scene.house.export(scene.house.first)) == first)
        let outcome = try scene.carry(day: 2)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 0)
        let second = scene.transferred(in: try scene.house.export(scene.house.first))
        #expect(second.count == 4)
        #expect(Set(second).isDisjoint(with: Set(first)))
        try scene.write([try scene.message("een"), try scene.consent()], day: 3)
        _ = try scene.transfer()
        // The fillers that went out before go along unchanged beside what is real.
        let third = scene.transferred(in: try scene.house.export(scene.house.first))
        #expect(third.count == 8)
        #expect(Set(second).isSubset(of: Set(third)))
        #expect(try scene.carry(day: 4).messages == 1)
    }

    @Test func `an organisation that left the directory gets no row`() throws {
        try scene.write([try scene.message("een"), try scene.consent()])
        _ = try scene.transfer()
        let from = scene.house.server.leaves.count
        let alone = scene.house.directory(serial: 2, listing: [scene.house.first])
        scene.house.server.close(TestHouse.today.adding(2), directory: alone, serial: 2)
        try scene.house.take(scene.house.first, from: from)
        let out = try scene.house.export(scene.house.first, listing: [scene.house.first])
        #expect(scene.transferred(in: out).isEmpty)
    }
}
