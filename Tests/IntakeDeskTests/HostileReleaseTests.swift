import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Everything that can be wrong with consents, releases and what a release opens.
@Suite struct HostileReleaseTests {
    let house: TestHouse
    let person: TestPerson

    init() throws {
        house = try TestHouse()
        person = house.person()
    }

    /// Takes messages to the second desk, among them an honest one of somebody else.
    private func reasons(_ sent: [TestReporter.Sent]) throws -> [UnreadableReason] {
        let honest = house.person().second.send("eerlijk", to: try house.key(house.second))
        for message in sent + [honest] {
            house.server.append(
                .submission(house.second, message.tag, Digest(of: message.envelope)),
                message.envelope
            )
        }
        house.server.close(TestHouse.today.adding(10))
        let outcome = try house.take(house.second)
        #expect(outcome.cosigned == UInt64(house.server.leaves.count))
        let desk = try house.desk(house.second)
        let texts = try desk.threads().map { try desk.thread($0.thread).messages }
            .map { $0.map(\.message.text) }
        #expect(texts.contains([ascii("eerlijk")]), "the honest reporter is served")
        return try desk.unreadable().map(\.reason)
    }

    /// A frame of the second desk's reporter with fields changed, in a slot of its own.
    private func changed(
        _ kind: UInt8,
        _ slot: UInt8,
        _ changes: [FieldType: [UInt8]]
    ) throws -> TestReporter.Sent {
        var fields = changes
        fields[.number] = [0, 0, 0, slot]
        let key = try house.key(house.second)
        let frame = person.second.frame(kind: kind, to: key, changing: fields)
        return person.second.seal(frame, slot: UInt32(slot), to: key)
    }

    @Test func `consents that are not in their form`() throws {
        let keys = [7] + ascii("other-x") + VaultKey.randomBytes(144)
        let sent = [
            try changed(3, 1, [.text: []]),
            try changed(3, 2, [.transferKeys: keys, .answers: ascii("rol=leerling\n")]),
            try changed(3, 3, [.transferKeys: keys, .attachments: [1]]),
            try changed(3, 4, [.transferKeys: [UInt8](keys.dropLast())]),
            try changed(3, 5, [.transferKeys: keys + [0]]),
            try changed(3, 6, [.transferKeys: [8] + keys.dropFirst()]),
            try changed(3, 7, [.transferKeys: [1, 0x61] + keys.suffix(144)]),
            try changed(3, 8, [.transferKeys: [0]]),
            try changed(
                3,
                9,
                [.transferKeys: keys, .text: [UInt8](repeating: 0x61, count: 1001)]
            ),
            try changed(3, 10, [.transferKeys: keys, .otherOrganisation: ascii("nl-vi")]),
        ]
        let found = try reasons(sent)
        #expect(found == [UnreadableReason](repeating: .badFields, count: sent.count))
    }

    @Test func `releases that are not in their form`() throws {
        let good: [FieldType: [UInt8]] = [
            .envelopeDigest: VaultKey.randomBytes(32), .release: VaultKey.randomBytes(32),
            .otherOrganisation: ascii("nl-vi"),
        ]
        let changes: [[FieldType: [UInt8]]] = [
            [.envelopeDigest: []], [.envelopeDigest: [1, 2, 3]], [.release: []],
            [.release: VaultKey.randomBytes(31)], [.release: VaultKey.randomBytes(33)],
            [.otherOrganisation: []], [.otherOrganisation: ascii("NL VI")],
            [.text: [UInt8](repeating: 0x61, count: 1001)],
            [.text: ascii("rood \u{1B}[31m")], [.answers: ascii("rol=leerling\n")],
            [.transferKeys: [2] + ascii("ab") + VaultKey.randomBytes(144)],
        ]
        var sent: [TestReporter.Sent] = []
        for (place, change) in changes.enumerated() {
            let fields = good.merging(change) { _, changed in changed }
            sent.append(try changed(6, UInt8(place), fields))
        }
        let found = try reasons(sent)
        #expect(found == [UnreadableReason](repeating: .badFields, count: sent.count))
        let desk = try house.desk(house.second)
        #expect(try desk.threads().count == 1)
    }

    @Test func `the hostile builder's honest consent and release are admitted`() throws {
        let keys = [7] + ascii("other-x") + VaultKey.randomBytes(144)
        let release: [FieldType: [UInt8]] = [
            .envelopeDigest: VaultKey.randomBytes(32), .release: VaultKey.randomBytes(32),
            .otherOrganisation: ascii("nl-vi"), .text: [],
        ]
        let sent = [
            try changed(3, 1, [.transferKeys: keys]), try changed(6, 2, release),
        ]
        #expect(try reasons(sent).isEmpty)
        #expect(try house.desk(house.second).threads().map(\.messages).sorted() == [1, 2])
    }

    /// Logs an envelope of the first as overdue, with its release; returns the reasons.
    private func opening(
        _ plaintext: [UInt8],
        from: String = "nl-vi",
        envelope: [UInt8]? = nil
    ) throws -> [UnreadableReason] {
        let sealed = person.seal(
            plaintext,
            to: try house.key(house.first),
            escalation: try house.key(house.second)
        )
        let sent = TestReporter.Sent(tag: sealed.tag, envelope: envelope ?? sealed.envelope)
        house.server.append(
            .overdue(house.second, sent.tag, Digest(of: sent.envelope)),
            sent.envelope
        )
        let release = Release(
            envelope: Digest(of: sent.envelope),
            opening: person.first.keys.tags.release(slot: 7),
            from: try #require(OrganisationID(ascii: ascii(from)))
        )
        let key = try house.key(house.second)
        let found = try reasons([
            person.second.send("", slot: 20, kind: .release, release: release, to: key)
        ])
        let waiting = try house.desk(house.second).waitingElsewhere()
        #expect(waiting.isEmpty == found.isEmpty)
        return found
    }

    private func frame(
        kind: UInt8 = 1,
        _ changes: [FieldType: [UInt8]] = [:]
    ) throws -> [UInt8] {
        person.first.frame(kind: kind, to: try house.key(house.first), changing: changes)
    }

    @Test func `the hostile builder's honest message is opened`() throws {
        #expect(try opening(try frame()).isEmpty)
    }

    @Test func `a message of another organisation than the release says`() throws {
        #expect(try opening(try frame(), from: "helpdesk") == [.releaseDoesNotOpen])
    }

    @Test func `a message that says it was written to another organisation`() throws {
        let found = try opening(try frame([.organisation: ascii("helpdesk")]))
        #expect(found == [.releaseDoesNotOpen])
    }

    @Test func `a filler that somebody kept the key of`() throws {
        #expect(try opening(Filler.frame(for: house.first)) == [.releaseDoesNotOpen])
    }

    @Test func `a released plaintext that is no frame`() throws {
        let noise = VaultKey.randomBytes(EnvelopeClass.text.plaintextSize)
        #expect(try opening(noise) == [.releaseDoesNotOpen])
    }

    @Test func `a released message signed by another key`() throws {
        let forged = person.first.frame(
            to: try house.key(house.first),
            signedBy: SigningKeyPair.random()
        )
        #expect(try opening(forged) == [.releaseDoesNotOpen])
    }

    @Test func `an overdue object that is no envelope`() throws {
        let noise = VaultKey.randomBytes(EnvelopeClass.text.size)
        #expect(try opening(try frame(), envelope: noise) == [.releaseDoesNotOpen])
    }

    @Test func `a consent in a released envelope is shown and not acted on`() throws {
        let elsewhere = try #require(OrganisationID(ascii: ascii("elders")))
        let other = TestReporter(organisation: elsewhere)
        let keys = TransferKeys(other.keys, sealedTo: try house.key(house.first))
        let consent = person.first.plaintext(
            "",
            kind: .consent,
            consent: keys,
            to: try house.key(house.first)
        )
        #expect(try opening(consent).isEmpty)
        let view = try released()
        #expect(view.messages.map(\.message.kind) == [.release, .consent])
        #expect(view.transferred.isEmpty)
        #expect(throws: TransferError.noConsent) {
            try house.desk(house.second).transfer(view.summary.thread, today: house.server.today)
        }
    }

    @Test func `a release in a released envelope opens nothing`() throws {
        let inner = person.releasable(
            "blijft dicht",
            slot: 8,
            to: try house.key(house.first),
            escalation: try house.key(house.second)
        )
        house.server.append(
            .overdue(house.second, inner.tag, Digest(of: inner.envelope)),
            inner.envelope
        )
        let release = Release(
            envelope: Digest(of: inner.envelope),
            opening: person.first.keys.tags.release(slot: 8),
            from: house.first
        )
        let nested = person.first.plaintext(
            "",
            kind: .release,
            release: release,
            to: try house.key(house.first)
        )
        house.server.append(.dayEnd(TestHouse.today.adding(9)))
        let outer = person.seal(
            nested,
            to: try house.key(house.first),
            escalation: try house.key(house.second)
        )
        house.server.append(
            .overdue(house.second, outer.tag, Digest(of: outer.envelope)),
            outer.envelope
        )
        let key = try house.key(house.second)
        #expect(try reasons([person.release(outer, to: key)]).isEmpty)
        #expect(try released().messages.map(\.message.kind) == [.release, .release])
        #expect(try house.desk(house.second).waitingElsewhere().map(\.count) == [1])
    }

    /// The thread of the release.
    private func released() throws -> ThreadView {
        let desk = try house.desk(house.second)
        return try desk.thread(String(utf8: person.second.keys.threadDigest.hex))
    }

    @Test func `who knows the release of another opens it once, in the first thread`() throws {
        let sent = person.releasable(
            "van mij",
            to: try house.key(house.first),
            escalation: try house.key(house.second)
        )
        house.server.append(
            .overdue(house.second, sent.tag, Digest(of: sent.envelope)),
            sent.envelope
        )
        let key = try house.key(house.second)
        let release = Release(
            envelope: Digest(of: sent.envelope),
            opening: person.first.keys.tags.release(slot: 7),
            from: house.first
        )
        let thief = house.person().second
        let own = person.release(sent, to: key)
        #expect(
            try reasons([
                thief.send("", slot: 3, kind: .release, release: release, to: key), own,
            ]).isEmpty
        )
        let view = try released()
        #expect(view.messages.map(\.source) == [.written])
        #expect(
            view.messages[0].opened == String(String(utf8: thief.keys.threadDigest.hex).prefix(8))
        )
    }
}
