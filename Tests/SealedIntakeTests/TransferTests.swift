import IntakeOpening
import Testing

@testable import SealedIntake

/// Consents, transfers and releases: written, sealed, opened, and every way they can be wrong.
struct TransferTests {
    /// What a transfer needs: a reporter, the first organisation, and the one it is transferred to.
    private final class Setting {
        let first: Fixture
        let root = ReporterRoot(key: SecretBytes.random(32))
        let other: OrganisationID
        let ring: KeyRing
        let recipient: SealingPublicKey
        let desk = NoteSigner(name: ascii("nl-vi.intake.test"), pair: .random())

        init() throws {
            first = try Fixture()
            other = try #require(OrganisationID(ascii: ascii("helpdesk")))
            let pair = SealingKeyPair.random()
            recipient = pair.publicKey
            ring = KeyRing().adding(pair)
        }

        var keys: ThreadKeys { ThreadKeys(root: root, organisation: other) }

        func consent(
            _ draft: MessageDraft? = nil,
            keys transferKeys: TransferKeys? = nil
        ) -> [UInt8] {
            let draft = MessageDraft(
                kind: .consent,
                directorySerial: 7,
                treeDigest: Digest(of: []),
                slot: 9,
                answers: [],
                text: [],
                language: ascii("nl"),
                shardByte: 9,
                transferKeys: transferKeys ?? TransferKeys(keys, sealedTo: recipient)
            )
            return first.sealed(draft)
        }

        func transferred(_ plaintext: [UInt8]) throws -> [UInt8] {
            try Frame(bytes: plaintext, magic: .reporter).transferred
        }

        /// A kind 5 frame of two plaintexts, sealed to the other organisation.
        func transferred(
            _ message: [UInt8],
            _ consent: [UInt8],
            to id: OrganisationID? = nil
        ) throws -> [UInt8] {
            let frame = TransferredMessage.frame(
                to: id ?? other,
                message: try transferred(message),
                consent: try transferred(consent),
                signedBy: desk.pair
            )
            return Envelope.text(frame, to: recipient, second: .decoy).bytes
        }

        func open(_ envelope: [UInt8]) throws -> OpenedTransfer {
            try OpenedTransfer(envelope: envelope, organisation: other, ring: ring)
        }
    }

    @Test func `a transfer carries the reporter's own words and keys`() throws {
        let setting = try Setting()
        let report = setting.first.sealed(setting.first.draft(text: "Elke dag."))
        let opened = try setting.open(try setting.transferred(report, setting.consent()))
        #expect(opened.transferred.message.text == ascii("Elke dag."))
        #expect(opened.transferred.from == setting.first.organisation)
        #expect(opened.threadKey == setting.keys.thread.publicKey)
        #expect(opened.replyKey == setting.keys.reply.publicKey)
        #expect(opened.tags.exposed == setting.keys.tags.exposed)
        #expect(opened.transferred.isSigned(by: [setting.desk.verifierKey]))
        let stranger = NoteSigner(name: setting.desk.name, pair: .random()).verifierKey
        #expect(!opened.transferred.isSigned(by: [stranger]))
    }

    @Test func `the longest message and the longest consent fit into one transfer`() throws {
        let setting = try Setting()
        let piece = [UInt8](repeating: 9, count: 64)
        var attachments = ByteWriter([1])
        attachments.u32(UInt32(EnvelopeClass.piece.plaintextSize) * 16)
        attachments.u16(16)
        attachments.append(piece.repeated(16))
        let answers = try #require(Answer.list(ascii("a=b\n").repeated(128)))
        let longest = MessageDraft(
            kind: .report,
            directorySerial: .max,
            treeDigest: Digest(of: []),
            slot: 5,
            answers: answers,
            text: ascii("x").repeated(10_000),
            attachments: attachments.bytes,
            language: ascii("a-language-tag-1"),
            shardByte: 9
        )
        let consent = MessageDraft(
            kind: .consent,
            directorySerial: .max,
            treeDigest: Digest(of: []),
            slot: 6,
            answers: [],
            text: ascii("y").repeated(1000),
            language: ascii("a-language-tag-1"),
            shardByte: 9,
            transferKeys: TransferKeys(setting.keys, sealedTo: setting.recipient)
        )
        let envelope = try setting.transferred(
            setting.first.sealed(longest),
            setting.first.sealed(consent)
        )
        #expect(try setting.open(envelope).transferred.message.attachments.count == 1)
    }

    @Test func `frames that do not belong together are refused`() throws {
        let setting = try Setting()
        let report = setting.first.sealed(setting.first.draft(text: "x"))
        let stranger = try Fixture()
        let third = try #require(OrganisationID(ascii: ascii("ggd")))
        let elsewhere = TransferKeys(
            ThreadKeys(root: setting.root, organisation: third),
            sealedTo: setting.recipient
        )
        let unreadable = TransferKeys(
            setting.keys,
            sealedTo: SealingKeyPair.random().publicKey
        )
        let field = TransferKeys(setting.keys, sealedTo: setting.recipient).field
        let toAnother = setting.first.frame(kind: 3, to: third, with: [(.transferKeys, field)])
        let table: [([UInt8], [UInt8], AdmissionError)] = [
            (report, toAnother, .otherThread),
            (stranger.sealed(stranger.draft(text: "x")), setting.consent(), .otherThread),
            (setting.consent(), setting.consent(), .badField(22)),
            (report, report, .badField(23)),
            (report, setting.consent(keys: elsewhere), .otherOrganisation),
            (report, setting.consent(keys: unreadable), .unreadableTagKey),
        ]
        for (message, consent, error) in table {
            let envelope = try setting.transferred(message, consent)
            #expect(throws: MessageError.admission(error)) { _ = try setting.open(envelope) }
        }
        let misled = try setting.transferred(report, setting.consent(keys: elsewhere), to: third)
        #expect(throws: MessageError.admission(.otherOrganisation)) {
            _ = try setting.open(misled)
        }
    }

    @Test func `a changed word in a transferred frame is refused`() throws {
        let setting = try Setting()
        var message = try setting.transferred(
            setting.first.sealed(setting.first.draft(text: "Elke dag."))
        )
        let place = try #require(message.firstIndex(of: 0x45))
        message[place] ^= 1
        let frame = TransferredMessage.frame(
            to: setting.other,
            message: message,
            consent: try setting.transferred(setting.consent()),
            signedBy: setting.desk.pair
        )
        let envelope = Envelope.text(frame, to: setting.recipient, second: .decoy)
        #expect(throws: MessageError.self) { _ = try setting.open(envelope.bytes) }
    }

    @Test func `bytes behind a transferred frame are refused`() throws {
        let setting = try Setting()
        let report = try setting.transferred(setting.first.sealed(setting.first.draft(text: "x")))
        for tail in [[0], [0, 0, 0, 0, 0, 0], [1, 2]] as [[UInt8]] {
            #expect(throws: FrameError.self, "\(tail)") {
                _ = try Frame(transferred: report + tail, magic: .reporter)
            }
        }
        #expect(try Frame(transferred: report, magic: .reporter).transferred == report)
    }

    @Test func `a release opens exactly the envelope of its slot`() throws {
        let setting = try Setting()
        let draft = setting.first.draft(text: "Niemand las dit.")
        let envelope = Envelope.text(
            setting.first.sealed(draft),
            to: setting.first.recipient,
            second: .release(
                setting.first.keys.tags.release(slot: draft.slot),
                to: setting.recipient
            )
        )
        func open(slot: UInt32, from: OrganisationID) throws -> OpenedRelease {
            let release = Release(
                envelope: envelope.digest,
                opening: setting.first.keys.tags.release(slot: slot),
                from: from
            )
            return try OpenedRelease(
                envelope: envelope.bytes,
                release: release,
                ring: setting.ring
            )
        }
        let opened = try open(slot: draft.slot, from: setting.first.organisation)
        #expect(opened.message.text == ascii("Niemand las dit."))
        #expect(throws: MessageError.open(.commitment)) {
            _ = try open(slot: draft.slot + 1, from: setting.first.organisation)
        }
        #expect(throws: MessageError.admission(.otherOrganisation)) {
            _ = try open(slot: draft.slot, from: setting.other)
        }
        #expect(throws: OpenError.commitment) { _ = try envelope.open(with: setting.ring) }
    }

    @Test func `consent and release keep to their own fields`() throws {
        let fixture = try Fixture()
        let release: [(FieldType, [UInt8])] = [
            (.envelopeDigest, Digest(of: []).bytes), (.release, ascii("r").repeated(32)),
            (.otherOrganisation, ascii("helpdesk")),
        ]
        let table: [(UInt8, [(FieldType, [UInt8])], AdmissionError)] = [
            (3, [], .fieldMissing(14)),
            (3, [(.transferKeys, [9, 1])], .badField(14)),
            (3, [(.transferKeys, [2, 0x61, 0x62])], .badField(14)),
            (3, [(.transferKeys, [1, 0x61] + ascii("k").repeated(144))], .badField(14)),
            (6, [release[0], release[2]], .fieldMissing(15)),
            (6, [release[0], (.release, [1]), release[2]], .badField(15)),
            (6, [(.envelopeDigest, [1]), release[1], release[2]], .badField(8)),
            (6, [release[0], release[1], (.otherOrganisation, [0x41, 0x42])], .badField(21)),
            (6, release + [(.text, ascii("x").repeated(1001))], .badField(10)),
            (6, release + [(.answers, ascii("a=b\n"))], .fieldNotAllowed(9)),
            (1, [(.release, ascii("r").repeated(32)), (.text, ascii("x"))], .fieldNotAllowed(15)),
        ]
        for (kind, fields, error) in table {
            let plaintext = fixture.frame(kind: kind, with: fields)
            #expect(throws: MessageError.admission(error), "\(kind) \(fields.map(\.0))") {
                _ = try fixture.admit(plaintext, slot: 5)
            }
        }
        let good = try fixture.admit(fixture.frame(kind: 6, with: release), slot: 5)
        #expect(good.message.release?.envelope == Digest(of: []))
        #expect(good.message.text.isEmpty)
    }

    @Test func `a question about a transfer names the other organisation`() throws {
        let fixture = try Fixture()
        let desk = SigningKeyPair.random()
        let deskKey = desk.publicKey
        let other = try #require(OrganisationID(ascii: ascii("ggd")))
        let reply = Reply(
            kind: .transfer,
            organisation: fixture.organisation,
            number: 0,
            answered: Digest(of: []),
            text: ascii("Mag de GGD dit lezen?"),
            day: Day(number: 20_000),
            threadDigest: fixture.keys.threadDigest,
            other: other
        )
        let admitted = try Reply(
            plaintext: reply.frame(signedBy: desk),
            organisation: fixture.organisation,
            number: 0,
            threadDigest: fixture.keys.threadDigest,
            deskKeys: [deskKey]
        )
        #expect(admitted == reply)
        #expect(admitted.other == other)
    }
}
