import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Everything a hostile desk or reporter can put into an envelope of a type 5 leaf.
@Suite struct HostileTransferTests {
    let house: TestHouse
    let person: TestPerson

    init() throws {
        house = try TestHouse()
        person = house.person()
    }

    /// Logs envelopes for the second desk between two honest ones, and takes them.
    private func reasons(_ envelopes: [[UInt8]]) throws -> [UnreadableReason] {
        let honest = house.person()
        let before = try sealed(frame(of: honest, words: "voor", slot: 1))
        let after = try sealed(frame(of: honest, words: "na", slot: 2))
        for envelope in [before] + envelopes + [after] {
            house.server.append(
                .transferred(house.second, .random(), Digest(of: envelope)),
                envelope
            )
        }
        house.server.close(TestHouse.today.adding(1))
        let outcome = try house.take(house.second)
        #expect(outcome.cosigned == UInt64(house.server.leaves.count))
        #expect(outcome.alarms.isEmpty)
        let desk = try house.desk(house.second)
        let name = String(utf8: honest.second.keys.threadDigest.hex)
        let texts = try desk.thread(name).messages.map(\.message.text)
        #expect(texts == [ascii("voor"), ascii("na")], "the honest reporter is served")
        return try desk.unreadable().map(\.reason)
    }

    private func sealed(_ plaintext: [UInt8]) throws -> [UInt8] {
        Envelope.text(plaintext, to: try house.key(house.second), second: .decoy).bytes
    }

    private func transferred(_ plaintext: [UInt8]) throws -> [UInt8] {
        try Frame(bytes: plaintext, magic: .reporter).transferred
    }

    private func message(
        of person: TestPerson,
        words: String = "hostile words",
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report
    ) throws -> [UInt8] {
        let key = try house.key(house.first)
        return try transferred(person.first.plaintext(words, slot: slot, kind: kind, to: key))
    }

    private func consent(
        of person: TestPerson,
        keys: TransferKeys? = nil
    ) throws -> [UInt8] {
        let own = TransferKeys(person.second.keys, sealedTo: try house.key(house.second))
        let plaintext = person.first.plaintext(
            "",
            slot: 30,
            kind: .consent,
            consent: keys ?? own,
            to: try house.key(house.first)
        )
        return try transferred(plaintext)
    }

    /// The first desk's key pair.
    private func desk() throws -> SigningKeyPair {
        let made = try house.desk(house.first)
        let seed = try made.vault.read { cells in try cells.setting(.deskSeed) }
        return SigningKeyPair(seed: SecretBytes(copying: seed))
    }

    private func frame(
        of person: TestPerson,
        words: String,
        slot: UInt32 = 7
    ) throws -> [UInt8] {
        TransferredMessage.frame(
            to: house.second,
            message: try message(of: person, words: words, slot: slot),
            consent: try consent(of: person),
            signedBy: try desk()
        )
    }

    /// A transfer of which any field can be another than it should; empty ones are left out.
    private func changed(
        to organisation: String = "helpdesk",
        message: [UInt8]? = nil,
        consent: [UInt8]? = nil,
        extra: [(FieldType, [UInt8])] = [],
        kind: UInt8 = TransferredMessage.kind
    ) throws -> [UInt8] {
        var writer = FrameWriter(magic: .reporter, kind: kind)
        writer.add(.organisation, ascii(organisation))
        for (type, value) in extra { writer.add(type, value) }
        writer.add(.message, try message ?? self.message(of: person))
        writer.add(.consent, try consent ?? self.consent(of: person))
        writer.sign(with: try desk(), as: .desk)
        return try sealed(writer.finish(for: .text))
    }

    /// Keys for a thread, sealed as field 14, any of them another.
    private func keys(
        thread: [UInt8]? = nil,
        reply: [UInt8]? = nil,
        tags: [UInt8]? = nil,
        for organisation: String = "helpdesk"
    ) throws -> TransferKeys {
        let own = person.second
        let open =
            (thread ?? own.keys.thread.publicKey.bytes) + (reply ?? own.keys.reply.publicKey.bytes)
            + (tags ?? own.keys.tags.exposed)
        let sealed = try house.key(house.second).seal(SecretBytes(copying: open))
        let name = ascii(organisation)
        let field = [UInt8(name.count)] + name + sealed
        return try #require(TransferKeys(field: field))
    }

    @Test func `the hostile builder's honest transfer is admitted`() throws {
        #expect(try reasons([changed()]).isEmpty)
        #expect(try house.desk(house.second).threads().count == 2)
    }

    @Test func `fillers are dropped, those of others are not`() throws {
        let own = try sealed(Filler.frame(for: house.second))
        let other = try sealed(Filler.frame(for: house.first))
        #expect(try reasons([own, other]) == [.notUnderstood])
    }

    @Test func `what is no envelope, or does not open`() throws {
        let noise = VaultKey.randomBytes(EnvelopeClass.text.size)
        let stranger = Envelope.text(
            try frame(of: person, words: "aan een ander"),
            to: SealingKeyPair.random().publicKey,
            second: .decoy
        ).bytes
        var cut = try changed()
        cut[cut.count - 1] ^= 1
        let found = try reasons([noise, stranger, cut])
        #expect(found == [.notAnEnvelope, .notForTheseKeys, .textChanged])
    }

    @Test func `other kinds than 5 have no place here`() throws {
        let key = try house.key(house.second)
        let report = person.second.send("zomaar", to: key).envelope
        let found = try reasons([
            report, changed(kind: 1), changed(kind: 4), changed(kind: 6), changed(kind: 127),
        ])
        #expect(found == [UnreadableReason](repeating: .notUnderstood, count: 5))
    }

    @Test func `fields that are missing, too many or malformed`() throws {
        let whole = try message(of: person)
        let released = person.first.plaintext(
            "",
            slot: 40,
            kind: .release,
            release: Release(
                envelope: Digest(of: [1]),
                opening: VaultKey.randomBytes(32),
                from: house.second
            ),
            to: try house.key(house.first)
        )
        let sent = [
            try changed(message: []), try changed(consent: []),
            try changed(extra: [(.text, ascii("erbij"))]),
            try changed(to: "H"),
            try changed(message: [UInt8](whole.dropLast())), try changed(message: whole + [0]),
            try changed(message: VaultKey.randomBytes(400)),
            try changed(message: try consent(of: person)), try changed(consent: whole),
            try changed(message: try transferred(released)),
        ]
        let found = try reasons(sent)
        #expect(found == [UnreadableReason](repeating: .badFields, count: sent.count))
    }

    @Test func `frames inside that their reporter did not sign`() throws {
        var forged = try message(of: person)
        forged[forged.count - 1] ^= 1
        var consent = try consent(of: person)
        consent[consent.count - 1] ^= 1
        let found = try reasons([changed(message: forged), changed(consent: consent)])
        #expect(found == [.badSignature, .badSignature])
    }

    @Test func `a consent of somebody else`() throws {
        let other = try consent(of: house.person())
        #expect(try reasons([changed(consent: other)]) == [.consentOfAnotherThread])
    }

    @Test func `a consent for another organisation, or a transfer to one`() throws {
        let elsewhere = try consent(of: person, keys: try keys(for: "elders"))
        let found = try reasons([changed(consent: elsewhere), changed(to: "elders")])
        #expect(found == [.otherOrganisation, .otherOrganisation])
    }

    @Test func `keys that do not open, or of low order`() throws {
        let stranger = TransferKeys(
            person.second.keys,
            sealedTo: SealingKeyPair.random().publicKey
        )
        let lowOrder = try keys(reply: [UInt8](repeating: 0, count: 32))
        let found = try reasons([
            changed(consent: try consent(of: person, keys: stranger)),
            changed(consent: try consent(of: person, keys: lowOrder)),
        ])
        #expect(found == [.tagKeyDoesNotOpen, .lowOrderReplyKey])
        #expect(try house.desk(house.second).threads().count == 1)
    }

    @Test func `keys of another thread, or changed within one`() throws {
        let victim = house.person().second
        let key = try house.key(house.second)
        let own = victim.send("van mij", to: key)
        house.server.append(
            .submission(house.second, own.tag, Digest(of: own.envelope)),
            own.envelope
        )
        let other = SealingKeyPair.random().publicKey.bytes
        let found = try reasons([
            changed(consent: try consent(of: person, keys: keys(tags: victim.keys.tags.exposed))),
            changed(
                consent: try consent(
                    of: person,
                    keys: keys(thread: victim.keys.thread.publicKey.bytes)
                )
            ),
            changed(),
            changed(
                message: try message(of: person, words: "twee", slot: 8, kind: .followUp),
                consent: try consent(of: person, keys: keys(reply: other))
            ),
        ])
        #expect(found == [.tagKeyOfAnotherThread, .keysChanged, .keysChanged])
    }

    @Test func `a desk that did not sign, or that nobody lists`() throws {
        let unsigned = try sealed(
            TransferredMessage.frame(
                to: house.second,
                message: try message(of: person),
                consent: try consent(of: person),
                signedBy: SigningKeyPair.random()
            )
        )
        let elsewhere = try #require(OrganisationID(ascii: ascii("elders")))
        let writer = TestPerson(elsewhere, house.second)
        let unknown = try changed(
            message: try message(of: writer),
            consent: try consent(of: writer)
        )
        let own = TestPerson(house.second, house.second)
        let oneself = try changed(message: try message(of: own), consent: try consent(of: own))
        let found = try reasons([unsigned, unknown, oneself])
        #expect(found == [.transferredUnsigned, .transferredByUnknown, .transferredByUnknown])
        #expect(try house.desk(house.second).threads().count == 1)
    }

    @Test func `a consent transferred is not one to this desk`() throws {
        #expect(try reasons([changed()]).isEmpty)
        let name = String(utf8: person.second.keys.threadDigest.hex)
        #expect(throws: TransferError.noConsent) {
            try house.desk(house.second).transfer(name, today: house.server.today)
        }
    }
}
