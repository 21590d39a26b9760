import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Everything a reporter can send: kept, counted, shown with its reason; nobody else is stopped.
@Suite struct HostileReporterTests {
    let setting: TestDesk
    let hostile: TestReporter
    let honest: TestReporter

    init() throws {
        setting = try TestDesk()
        hostile = setting.reporter()
        honest = setting.reporter()
    }

    /// Takes hostile messages between two honest ones of another reporter.
    private func reasons(_ sent: [TestReporter.Sent]) throws -> [UnreadableReason] {
        let key = setting.key()
        let before = honest.send("voor", slot: 1, to: key)
        let after = honest.send("na", slot: 2, kind: .followUp, to: key)
        setting.server.close(TestDesk.today, sent: [before] + sent + [after])
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        let unreadable = try setting.desk.unreadable()
        #expect(outcome.unreadable == unreadable.count)
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        let threads = try setting.desk.threads()
        let others = try threads.filter {
            try setting.desk.thread($0.thread).messages.map(\.message.text)
                == [ascii("voor"), ascii("na")]
        }
        #expect(others.count == 1, "the honest reporter is served")
        #expect(unreadable.allSatisfy { !$0.reason.clause.isEmpty && $0.day == TestDesk.today })
        return unreadable.map(\.reason)
    }

    private func seal(_ frame: [UInt8], slot: UInt32 = 7) -> TestReporter.Sent {
        hostile.seal(frame, slot: slot, to: setting.key())
    }

    private func changed(_ changes: [FieldType: [UInt8]]) -> TestReporter.Sent {
        seal(hostile.frame(to: setting.key(), changing: changes))
    }

    @Test func `the hostile builder's honest frame is admitted`() throws {
        #expect(try reasons([seal(hostile.frame(to: setting.key()))]).isEmpty)
        #expect(try setting.desk.threads().count == 2)
    }

    @Test func `bytes that are no envelope`() throws {
        let noise = TestReporter.Sent(
            tag: .random(),
            envelope: VaultKey.randomBytes(EnvelopeClass.text.size)
        )
        var suite = seal(hostile.frame(to: setting.key())).envelope
        suite[4] = 2
        let later = TestReporter.Sent(tag: .random(), envelope: suite)
        #expect(try reasons([noise, later]) == [.notAnEnvelope, .notAnEnvelope])
    }

    @Test func `an envelope nobody here can open`() throws {
        let stranger = SealingKeyPair.random().publicKey
        let sent = hostile.send("aan een ander", to: stranger)
        #expect(try reasons([sent]) == [.notForTheseKeys])
    }

    @Test func `an envelope that commits to another key`() throws {
        let honest = try Envelope(
            bytes: seal(hostile.frame(to: setting.key())).envelope,
            expecting: .text
        )
        let other = setting.key().seal(SecretBytes.random(32))
        let forged = Envelope(
            .text,
            wraps: [other, honest.wraps[1]],
            commit: honest.commit,
            body: honest.body
        )
        let sent = TestReporter.Sent(tag: .random(), envelope: forged.bytes)
        #expect(try reasons([sent]) == [.commitmentBroken])
    }

    @Test func `a sealed text that was changed before it came`() throws {
        var bytes = seal(hostile.frame(to: setting.key())).envelope
        bytes[bytes.count - 1] ^= 1
        #expect(try reasons([.init(tag: .random(), envelope: bytes)]) == [.textChanged])
    }

    @Test func `plaintexts that are no frames`() throws {
        let size = EnvelopeClass.text.plaintextSize
        var padded = hostile.frame(to: setting.key())
        padded[size - 1] = 1
        let sent = [
            seal([UInt8](repeating: 0, count: size)), seal(VaultKey.randomBytes(size)),
            seal(padded),
        ]
        #expect(try reasons(sent) == [.badFrame, .badFrame, .badFrame])
    }

    @Test(arguments: [4, 5, 0, 7, 126, 255] as [UInt8])
    func `kinds of a later version`(kind: UInt8) throws {
        #expect(
            try reasons([seal(hostile.frame(kind: kind, to: setting.key()))]) == [.notUnderstood]
        )
    }

    @Test func `a filler with something in it is no filler`() throws {
        #expect(
            try reasons([seal(hostile.frame(kind: 127, to: setting.key()))]) == [.notUnderstood]
        )
    }

    @Test func `fields missing, added, too long or malformed`() throws {
        let deep = [UInt8](repeating: 0x61, count: 10_001)
        let sent = [
            changed([.text: []]), changed([.language: []]),
            changed([.envelopeDigest: [UInt8](repeating: 1, count: 32)]),
            changed([.text: deep]), changed([.text: [0xFF, 0xFE]]),
            changed([.text: ascii("rood \u{1B}[31m")]), changed([.text: ascii("tab\t")]),
            changed([.text: ascii("csi \u{9B}2J")]),
            changed([.answers: ascii("geen regel")]), changed([.answers: ascii("A=b\n")]),
            changed([.attachments: [1, 0, 0]]), changed([.number: [0, 0, 16]]),
            changed([.threadKey: [1, 2, 3]]), changed([.sealedTagKey: [1]]),
            changed([.language: ascii("nl\nNL")]), changed([.shardByte: [1, 2]]),
        ]
        let found = try reasons(sent)
        #expect(found == [UnreadableReason](repeating: .badFields, count: sent.count))
    }

    @Test func `a reply key of low order`() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        let one = [1] + [UInt8](repeating: 0, count: 31)
        let sent = [changed([.replyKey: zero]), changed([.replyKey: one])]
        #expect(try reasons(sent) == [.lowOrderReplyKey, .lowOrderReplyKey])
    }

    @Test func `a signature of another key`() throws {
        let frame = hostile.frame(to: setting.key(), signedBy: SigningKeyPair.random())
        #expect(try reasons([seal(frame)]) == [.badSignature])
    }

    @Test func `written to another organisation`() throws {
        #expect(
            try reasons([changed([.organisation: ascii("helpdesk")])]) == [.otherOrganisation]
        )
    }

    @Test func `a tag key that does not open, or is none`() throws {
        let stranger = SealingKeyPair.random().publicKey
        let sealed = stranger.seal(SecretBytes(copying: hostile.keys.tags.exposed))
        #expect(try reasons([changed([.sealedTagKey: sealed])]) == [.tagKeyDoesNotOpen])
    }

    @Test func `a tag that is not the slot's`() throws {
        let frame = hostile.frame(to: setting.key())
        #expect(try reasons([seal(frame, slot: 8)]) == [.wrongTag])
    }

    @Test func `a tag that binds another envelope`() throws {
        let frame = hostile.frame(to: setting.key())
        let other = seal(frame)
        let moved = TestReporter.Sent(tag: other.tag, envelope: seal(frame).envelope)
        #expect(try reasons([moved]) == [.wrongTag])
    }

    @Test func `the same slot twice`() throws {
        let key = setting.key()
        let sent = [hostile.send("een", to: key), hostile.send("twee", to: key)]
        #expect(try reasons(sent) == [.slotUsed])
    }

    @Test func `keys that change within a thread`() throws {
        let other = SealingKeyPair.random().publicKey.bytes
        let tagKey = VaultKey.randomBytes(32)
        let tags = TagKey(SecretBytes(copying: tagKey))
        let frame = hostile.frame(
            to: setting.key(),
            changing: [
                .sealedTagKey: setting.key().seal(SecretBytes(copying: tagKey)),
                .number: [0, 0, 0, 9],
            ]
        )
        let envelope = Envelope.text(frame, to: setting.key(), second: .decoy)
        let sent = [
            seal(hostile.frame(to: setting.key())),
            seal(
                hostile.frame(
                    to: setting.key(),
                    changing: [.replyKey: other, .number: [0, 0, 0, 8]]
                ),
                slot: 8
            ),
            TestReporter.Sent(
                tag: tags.messageTag(of: envelope.digest, slot: 9),
                envelope: envelope.bytes
            ),
            seal(
                hostile.frame(
                    to: setting.key(),
                    changing: [.shardByte: [hostile.shardByte ^ 1], .number: [0, 0, 0, 10]]
                ),
                slot: 10
            ),
        ]
        #expect(try reasons(sent) == [.keysChanged, .keysChanged, .keysChanged])
    }

    @Test func `two threads with one tag key`() throws {
        let thief = setting.reporter()
        let victimTags = hostile.keys.tags.exposed
        let frame = thief.frame(
            to: setting.key(),
            changing: [
                .sealedTagKey: setting.key().seal(SecretBytes(copying: victimTags)),
                .number: [0, 0, 0, 9],
            ]
        )
        let stolen = hostile.seal(frame, slot: 9, to: setting.key())
        let first = seal(hostile.frame(to: setting.key()))
        #expect(try reasons([first, stolen]) == [.tagKeyOfAnotherThread])
    }

    @Test func `thousands of junk envelopes stop nobody`() throws {
        let magic: [UInt8] = ascii("SIE1") + [1, 1, 2, 0]
        let junk = (0..<2000).map { number in
            let noise = VaultKey.randomBytes(EnvelopeClass.text.size)
            let bytes = number % 2 == 0 ? noise : magic + noise.dropFirst(magic.count)
            return TestReporter.Sent(tag: .random(), envelope: bytes)
        }
        let found = try reasons(junk)
        #expect(found.count == 2000)
        #expect(Set(found) == [.notAnEnvelope, .notForTheseKeys])
    }
}
