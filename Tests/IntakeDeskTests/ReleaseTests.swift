import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What an organisation does not collect, and its reporter opens to another.
@Suite struct ReleaseTests {
    let house: TestHouse
    let person: TestPerson
    let overdueDay = TestHouse.today.adding(9)

    init() throws {
        house = try TestHouse()
        person = house.person()
    }

    /// A message to the first desk, which does not collect it; logged on a day.
    private func write(
        _ words: String = "Niemand leest dit.",
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report,
        attachments: [UInt8] = []
    ) throws -> TestReporter.Sent {
        let sent = person.releasable(
            words,
            slot: slot,
            kind: kind,
            attachments: attachments,
            to: try house.key(house.first),
            escalation: try house.key(house.second)
        )
        house.server.close(TestHouse.today.adding(1), sent: [sent])
        return sent
    }

    /// Logs envelopes as overdue.
    private func logOverdue(_ sent: [TestReporter.Sent]) {
        for message in sent {
            house.server.append(
                .overdue(house.second, message.tag, Digest(of: message.envelope)),
                message.envelope
            )
        }
        house.server.close(overdueDay)
    }

    /// Logs what the second desk gets in its own name, on a later day.
    private func logReleases(_ sent: [TestReporter.Sent], on day: Day? = nil) {
        for message in sent {
            house.server.append(
                .submission(house.second, message.tag, Digest(of: message.envelope)),
                message.envelope
            )
        }
        house.server.close(day ?? overdueDay.adding(1))
    }

    private func release(
        _ sent: TestReporter.Sent,
        ofSlot released: UInt32 = 7,
        words: String = "",
        slot: UInt32 = 20
    ) throws -> TestReporter.Sent {
        person.release(
            sent,
            ofSlot: released,
            words: words,
            slot: slot,
            to: try house.key(house.second)
        )
    }

    private func views() throws -> [ThreadView] {
        let desk = try house.desk(house.second)
        return try desk.threads().map { try desk.thread($0.thread) }
    }

    private func reasons() throws -> [UnreadableReason] {
        try house.desk(house.second).unreadable().map(\.reason)
    }

    @Test func `what waits elsewhere is held unopened, counted and told`() throws {
        logOverdue([try write(), try write("nog een", slot: 8, kind: .followUp)])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 0)
        #expect(outcome.waiting == 2)
        let waiting = try #require(outcome.waitingElsewhere.first)
        #expect(waiting.organisation == house.first)
        #expect(waiting.since == TestHouse.today.adding(1))
        #expect(
            waiting.text == "at most 2 messages wait at Vertrouwensinspecteurs (nl-vi), since "
                + "\(text(TestHouse.today.adding(1).text)); only the person who wrote one can "
                + "open it here"
        )
        #expect(try house.desk(house.second).waitingElsewhere() == outcome.waitingElsewhere)
        #expect(try views().isEmpty)
        #expect(outcome.cosigned == UInt64(house.server.leaves.count))
    }

    @Test func `it waits no longer once its own organisation acknowledged it`() throws {
        logOverdue([try write(), try write("nog een", slot: 8, kind: .followUp)])
        #expect(try house.take(house.second).waiting == 2)
        let first = try #require(house.server.leaves.firstIndex { $0.type == .submission })
        let from = house.server.leaves.count
        house.server.append(
            .acknowledgement(house.first, size: UInt64(first + 1), digest: Digest(of: []))
        )
        house.server.close(overdueDay.adding(1))
        #expect(try house.take(house.second, from: from).waiting == 1)
        let next = house.server.leaves.count
        house.server.append(
            .acknowledgement(house.second, size: UInt64(next), digest: Digest(of: []))
        )
        house.server.close(overdueDay.adding(2))
        #expect(try house.take(house.second, from: next).waiting == 1)
    }

    @Test func `what was acknowledged before it was called overdue does not wait`() throws {
        let sent = try write()
        house.server.append(
            .acknowledgement(
                house.first,
                size: UInt64(house.server.leaves.count),
                digest: Digest(of: [])
            )
        )
        logOverdue([sent])
        #expect(try house.take(house.second).waiting == 0)
    }

    @Test func `an origin this desk does not hold is counted all the same`() throws {
        let sent = TestReporter.Sent(
            tag: .random(),
            envelope: VaultKey.randomBytes(EnvelopeClass.text.size)
        )
        logOverdue([sent])
        let waiting = try #require(try house.take(house.second).waitingElsewhere.first)
        #expect(waiting.organisation == nil)
        #expect(waiting.count == 1)
        #expect(waiting.since == overdueDay)
        #expect(waiting.text.contains("at an organisation not known here"))
    }

    @Test func `its reporter opens exactly one of them, and an answer comes back`() throws {
        let sent = try write()
        logOverdue([sent, try write("die blijft dicht", slot: 8, kind: .followUp)])
        try house.take(house.second)
        logReleases([try release(sent, words: "Lezen jullie dit?")])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 2)
        #expect(outcome.unreadable == 0)
        #expect(outcome.waiting == 1)
        let view = try #require(try views().first)
        #expect(try views().count == 1)
        #expect(view.messages.map(\.message.kind) == [.release, .report])
        #expect(view.messages.map(\.source) == [.written, .released(house.first)])
        #expect(view.messages[0].opened == view.summary.thread)
        #expect(view.messages[0].message.text == ascii("Lezen jullie dit?"))
        #expect(view.messages[1].message.text == ascii("Niemand leest dit."))
        #expect(view.messages[1].writtenDay == TestHouse.today.adding(1))
        #expect(view.messages[1].day == overdueDay.adding(1))
        #expect(view.summary.theme == ascii("pesten"))
        #expect(view.summary.deadline == overdueDay.adding(8))
        let desk = try house.desk(house.second)
        _ = try desk.reply(
            to: view.summary.thread,
            kind: .message,
            text: ascii("Ja."),
            today: TestHouse.today
        )
        let out = try house.export(house.second)
        let tag = person.second.keys.tags.replyTag(number: 0)
        let row = try #require(out.rows.first { $0.tag == tag })
        let answer = person.second.open(
            out.objects[row.digest] ?? [],
            number: 0,
            deskKeys: [desk.identity.deskKey.key]
        )
        #expect(answer?.text == ascii("Ja."))
        #expect(answer?.answered == Digest(of: sent.envelope))
    }

    @Test func `a release that comes first waits for its envelope`() throws {
        let sent = try write()
        logReleases([try release(sent)], on: TestHouse.today.adding(2))
        #expect(try house.take(house.second).messages == 1)
        #expect(try views().map { $0.messages.map(\.opened) } == [[nil]])
        logOverdue([sent])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 1)
        #expect(outcome.waiting == 0)
        let view = try #require(try views().first)
        #expect(view.messages.map(\.source) == [.written, .released(house.first)])
        #expect(view.messages[0].opened == view.summary.thread)
    }

    @Test func `a release and its envelope may come in one bundle`() throws {
        let sent = try write()
        logReleases([try release(sent)], on: TestHouse.today.adding(2))
        logOverdue([sent])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 2)
        #expect(outcome.waiting == 0)
        #expect(try house.take(house.second).messages == 0)
    }

    @Test func `a release that does not open is unreadable and changes nothing`() throws {
        let sent = try write()
        logOverdue([sent])
        logReleases([try release(sent, ofSlot: 9)])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 1)
        #expect(outcome.waiting == 1)
        #expect(try reasons() == [.releaseDoesNotOpen])
        #expect(try views().isEmpty)
        // Neither thread nor slot are taken: the right one opens it under the same slot.
        logReleases([try release(sent)], on: overdueDay.adding(2))
        #expect(try house.take(house.second).messages == 2)
        #expect(try reasons() == [.releaseDoesNotOpen])
    }

    @Test func `an early release that turns out not to open is taken out again`() throws {
        let sent = try write()
        logReleases([try release(sent, ofSlot: 9)], on: TestHouse.today.adding(2))
        #expect(try house.take(house.second).messages == 1)
        #expect(try views().count == 1)
        logOverdue([sent])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 1)
        #expect(outcome.waiting == 1)
        #expect(try views().isEmpty)
        #expect(try reasons() == [.releaseDoesNotOpen])
        logReleases([try release(sent)])
        #expect(try house.take(house.second).messages == 2)
        #expect(try views().count == 1)
    }

    @Test func `in one bundle it is taken out within the count`() throws {
        let sent = try write()
        logReleases([try release(sent, ofSlot: 9)], on: TestHouse.today.adding(2))
        logOverdue([sent])
        let outcome = try house.take(house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 1)
        #expect(try views().isEmpty)
        #expect(try reasons() == [.releaseDoesNotOpen])
    }

    @Test func `a second release of the same envelope changes nothing`() throws {
        let sent = try write()
        logOverdue([sent])
        logReleases([try release(sent), try release(sent, words: "nog eens", slot: 21)])
        #expect(try house.take(house.second).messages == 3)
        let view = try #require(try views().first)
        #expect(view.messages.map(\.message.kind) == [.release, .release, .report])
        #expect(try reasons().isEmpty)
        #expect(view.messages.map(\.opened) == [view.summary.thread, view.summary.thread, nil])
    }

    @Test func `an envelope opened once is opened when it is called overdue again`() throws {
        let sent = try write()
        logOverdue([sent])
        logReleases([try release(sent)])
        try house.take(house.second)
        let twin = TestReporter.Sent(tag: .random(), envelope: sent.envelope)
        logOverdue([twin])
        let outcome = try house.take(house.second)
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
        let sent = try write(attachments: field.bytes)
        logOverdue([sent])
        try house.take(house.second)
        #expect(try !house.export(house.second).rows.contains { $0.kind == .pieceWanted })
        logReleases([try release(sent)])
        #expect(try house.take(house.second).piecesMissing == 1)
        for _ in 0..<2 {
            let wanted = try house.export(house.second).rows.filter { $0.kind == .pieceWanted }
            #expect(wanted == [.pieceWanted(by: house.second, digest: piece.digest)])
        }
        house.server.pieces[piece.digest] = piece.bytes
        #expect(try house.take(house.second).piecesMissing == 0)
        #expect(try !house.export(house.second).rows.contains { $0.kind == .pieceWanted })
        #expect(try views().first?.messages.last?.heldPieces == [1])
    }
}
