import IntakeOpening
import Testing

@testable import SealedIntake

struct FrameTests {
    @Test func `every vector's structure reads or is refused`() throws {
        for vector in try VectorFile("frame.json").cases {
            let magic: Frame.Magic =
                try vector.text("magic") == ascii("SIR1") ? .reporter : .organisation
            let short = try vector.hex("frame")
            let size = try vector.number("size")
            let bytes = short + [UInt8](repeating: 0, count: max(0, size - short.count))
            guard !vector.isRefused else {
                #expect(throws: FrameError.self, "\(vector.comment)") {
                    _ = try Frame(bytes: bytes, magic: magic)
                }
                continue
            }
            let frame = try Frame(bytes: bytes, magic: magic)
            #expect(Int(frame.kind) == (try vector.number("kind")), "\(vector.comment)")
            let fields = try #require(vector.values["fields"] as? [String: String])
            #expect(fields.count == frame.fields.count)
            for field in frame.fields {
                let value = try #require(fields[String(field.type)])
                #expect(field.value == Hex.decode([UInt8](value.utf8)), "\(vector.comment)")
            }
            try checkSignature(of: frame, vector)
            try checkAdmission(of: frame, vector)
        }
    }

    private func checkSignature(of frame: Frame, _ vector: VectorFile.Case) throws {
        guard vector.has("signer") else { return }
        let key = SigningPublicKey(try vector.hex("signer"))
        let role: FrameSigner =
            try vector.text("label") == ascii("thread-sign") ? .thread : .desk
        let other: FrameSigner = role == .desk ? .thread : .desk
        let holds = try vector.text("signature") == ascii("good")
        #expect(frame.isSigned(by: key, as: role) == holds, "\(vector.comment)")
        #expect(!frame.isSigned(by: key, as: other), "\(vector.comment)")
    }

    /// Messages of the vectors are admitted exactly when their signature holds.
    private func checkAdmission(of frame: Frame, _ vector: VectorFile.Case) throws {
        guard try vector.text("magic") == ascii("SIR1") else { return }
        if vector.has("reading_only") {
            #expect(throws: AdmissionError.fieldMissing(2)) {
                _ = try ReporterMessage(admitting: frame)
            }
        } else if frame.kind == TransferredMessage.kind {
            let transferred = try TransferredMessage(admitting: frame)
            let desk = SigningPublicKey(try vector.hex("signer"))
            #expect(transferred.isSigned(by: [VerifierKey(name: ascii("a.b"), key: desk)]))
            #expect(transferred.keys.organisation == transferred.organisation)
        } else if ReporterMessage.Kind(rawValue: frame.kind) == nil {
            #expect(throws: AdmissionError.unknownKind) {
                _ = try ReporterMessage(admitting: frame)
            }
        } else if try vector.text("signature") == ascii("good") {
            _ = try ReporterMessage(admitting: frame)
        } else {
            #expect(throws: AdmissionError.badSignature) {
                _ = try ReporterMessage(admitting: frame)
            }
        }
    }

    @Test(arguments: [(0, true), (1, false)])
    func `a frame is as long as it may be and no byte longer`(beyond: Int, reads: Bool) throws {
        // Magic, kind and three zeros; the head of one field; its value; the end field.
        let value = [UInt8](repeating: 7, count: 13_900 - 8 - 6 - 6 + beyond)
        var writer = ByteWriter(ascii("SIR1"))
        writer.append([1, 0, 0, 0])
        writer.u16(9)
        writer.u32(UInt32(value.count))
        writer.append(value)
        writer.append([0, 0, 0, 0, 0, 0])
        writer.pad(to: EnvelopeClass.text.plaintextSize)
        let frame = try? Frame(bytes: writer.bytes, magic: .reporter)
        #expect((frame?.fields.map(\.value) == [value]) == reads)
        if !reads {
            #expect(throws: FrameError.tooLong) {
                _ = try Frame(bytes: writer.bytes, magic: .reporter)
            }
        }
    }

    @Test func `a message that was written is admitted as it was meant`() throws {
        let fixture = try Fixture()
        let draft = fixture.draft(text: "Ze wachten me op.\nElke dag.")
        let admitted = try fixture.admit(fixture.sealed(draft), slot: draft.slot)
        #expect(admitted.message.text == draft.text)
        #expect(admitted.message.answers == draft.answers)
        #expect(admitted.message.slot == draft.slot)
        #expect(admitted.tags.exposed == fixture.keys.tags.exposed)
    }

    @Test func `a filler is known as one`() throws {
        let fixture = try Fixture()
        #expect(throws: MessageError.filler) {
            _ = try fixture.admit(Filler.frame(for: fixture.organisation), slot: 0)
        }
    }

    @Test func `a message under another slot's tag is refused`() throws {
        let fixture = try Fixture()
        let draft = fixture.draft(text: "x")
        #expect(throws: MessageError.admission(.wrongTag)) {
            _ = try fixture.admit(fixture.sealed(draft), slot: draft.slot + 1)
        }
    }

    @Test func `each bad field is refused by its own name`() throws {
        let fixture = try Fixture()
        let long = [UInt8](repeating: 0x78, count: 10_001)
        let table: [(FieldType, [UInt8], AdmissionError)] = [
            (.organisation, [0x41, 0x42], .badField(1)),
            (.organisation, ascii("helpdesk"), .otherOrganisation),
            (.directorySerial, [1], .badField(2)),
            (.treeDigest, [1, 2], .badField(3)),
            (.replyKey, [UInt8](repeating: 0, count: 32), .lowOrderReplyKey),
            (.replyKey, [9], .badField(5)),
            (.sealedTagKey, [UInt8](repeating: 7, count: 80), .unreadableTagKey),
            (.sealedTagKey, [7], .badField(6)),
            (.number, [0, 0, 0], .badField(7)), (.number, [0, 0, 0, 0, 1], .badField(7)),
            (.answers, ascii("rol=Leerling\n"), .badField(9)),
            (.answers, ascii("rol=leerling"), .badField(9)),
            (.answers, ascii("=\n"), .badField(9)),
            (.text, [0x61, 0x00], .badField(10)),
            (.text, [0x61, 0x0D, 0x0A], .badField(10)),
            (.text, [0xC2, 0x9B], .badField(10)),
            (.text, [0xFF], .badField(10)),
            (.text, long, .badField(10)),
            (.attachments, [1, 2, 3], .badField(11)),
            (.attachments, [9, 0, 0, 0, 1, 0, 1] + long.prefix(64), .badField(11)),
            (.attachments, [1, 0, 0, 0, 0, 0, 0], .badField(11)),
            (.language, ascii("n l"), .badField(12)),
            (.language, ascii("a-language-too-long"), .badField(12)),
            (.shardByte, [1, 2], .badField(20)),
        ]
        for (type, value, error) in table {
            let plaintext = fixture.frame(replacing: type, with: value)
            #expect(throws: MessageError.admission(error), "\(type) \(value.prefix(8))") {
                _ = try fixture.admit(plaintext, slot: 5)
            }
        }
        #expect(throws: MessageError.admission(.fieldMissing(10))) {
            _ = try fixture.admit(fixture.frame(replacing: .text, with: []), slot: 5)
        }
        #expect(throws: MessageError.admission(.fieldNotAllowed(18))) {
            _ = try fixture.admit(fixture.frame(replacing: .day, with: [1]), slot: 5)
        }
    }

    @Test func `a reply's day, number and text keep their limits`() throws {
        let fixture = try Fixture()
        let desk = SigningKeyPair.random()
        let deskKey = desk.publicKey
        let long = [UInt8](repeating: 0x78, count: 3001)
        let table: [(FieldType, [UInt8], AdmissionError)] = [
            (.day, [0xFF, 0xFF, 0xFF, 0xFE], .badField(18)), (.day, [1], .badField(18)),
            (.number, [0, 0, 0, 64], .badField(7)), (.text, long, .badField(10)),
            (.text, [], .fieldMissing(10)), (.envelopeDigest, [1], .badField(8)),
            (.threadDigest, [1], .badField(19)), (.organisation, [0x21], .badField(1)),
            (.language, ascii("nl"), .fieldNotAllowed(12)),
        ]
        for (type, value, error) in table {
            let plaintext = fixture.reply(replacing: type, with: value, signedBy: desk)
            #expect(throws: ReplyError.admission(error), "\(type) \(value.prefix(4))") {
                _ = try Reply(
                    plaintext: plaintext,
                    organisation: fixture.organisation,
                    number: 0,
                    threadDigest: fixture.keys.threadDigest,
                    deskKeys: [deskKey]
                )
            }
        }
    }

    @Test func `attachments keep to five files, sixteen pieces and their sizes`() {
        let piece = [UInt8](repeating: 9, count: 64)
        func file(_ size: UInt32, pieces: UInt16) -> [UInt8] {
            var writer = ByteWriter([1])
            writer.u32(size)
            writer.u16(pieces)
            return writer.bytes + [UInt8](repeatElement(piece, count: Int(pieces)).joined())
        }
        let whole = UInt32(EnvelopeClass.piece.plaintextSize)
        let five = [UInt8](repeatElement(file(1, pieces: 1), count: 5).joined())
        #expect(Attachment.list(five)?.count == 5)
        #expect(Attachment.list(file(whole, pieces: 1))?.count == 1)
        #expect(Attachment.list(file(whole + 1, pieces: 2))?.count == 1)
        #expect(Attachment.list(file(whole * 16, pieces: 16))?.count == 1)
        let bad = [
            five + file(1, pieces: 1), file(whole + 1, pieces: 1), file(whole, pieces: 2),
            file(0, pieces: 0), file(whole * 16, pieces: 16) + file(1, pieces: 1),
            file(whole * 16 + 1, pieces: 17), [UInt8](file(1, pieces: 1).dropLast()),
        ]
        for value in bad { #expect(Attachment.list(value) == nil) }
        #expect(Answer.list(ascii("a=b\n").repeated(128))?.count == 128)
        #expect(Answer.list(ascii("a=b\n").repeated(127) + ascii("a=bb\n")) == nil, "513 bytes")
    }

    @Test func `text from a field is made to keep the rule`() {
        let table: [(String, String)] = [
            ("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\tb", "a b"), ("a\u{0}\u{7F}\u{85}b", "ab"),
            ("h\u{E9}\u{1F600}", "h\u{E9}\u{1F600}"), ("\r\n\r\n", "\n\n"),
        ]
        for (typed, kept) in table {
            #expect(PlainText.cleaned([UInt8](typed.utf8)) == [UInt8](kept.utf8))
        }
        #expect(PlainText.cleaned([0x61, 0xFF, 0xC2, 0x62]) == ascii("ab"))
    }

    @Test func `a reply is admitted by its own reporter and thread only`() throws {
        let fixture = try Fixture()
        let desk = SigningKeyPair.random()
        let thread = fixture.keys.threadDigest
        let reply = Reply(
            kind: .question,
            organisation: fixture.organisation,
            number: 3,
            answered: Digest(of: [1]),
            text: ascii("Hoe gaat het nu?"),
            day: Day(number: 20_000),
            threadDigest: thread
        )
        let plaintext = reply.frame(signedBy: desk)
        let other = try #require(OrganisationID(ascii: ascii("helpdesk")))
        func admit(
            _ number: UInt32,
            _ digest: Digest,
            _ key: SigningPublicKey,
            of organisation: OrganisationID? = nil
        ) throws -> Reply {
            try Reply(
                plaintext: plaintext,
                organisation: organisation ?? fixture.organisation,
                number: number,
                threadDigest: digest,
                deskKeys: [key]
            )
        }
        let deskKey = desk.publicKey
        #expect(try admit(3, thread, deskKey) == reply)
        #expect(throws: ReplyError.admission(.otherThread)) { _ = try admit(4, thread, deskKey) }
        #expect(throws: ReplyError.admission(.otherThread)) {
            _ = try admit(3, thread, deskKey, of: other)
        }
        #expect(throws: ReplyError.admission(.otherThread)) {
            _ = try admit(3, Digest(of: []), deskKey)
        }
        let stranger = SigningKeyPair.random().publicKey
        #expect(throws: ReplyError.admission(.badSignature)) {
            _ = try admit(3, thread, stranger)
        }
    }
}
