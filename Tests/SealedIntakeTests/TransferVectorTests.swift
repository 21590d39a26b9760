import IntakeOpening
import Testing

@testable import SealedIntake

/// The vectors of consents, transferred messages and releases, which an implementation made that
/// shares no code with this one.
struct TransferVectorTests {
    @Test func `a consent is admitted as it was made`() throws {
        for vector in try vectors(kind: 3) where !vector.isRefused {
            let reader = try Reader(vector)
            let admitted = try reader.admitted()
            try reader.checkEnvelope(admitted.plaintext)
            #expect(admitted.message.kind == .consent)
            #expect(admitted.message.text == (try vector.text("text")))
            #expect(admitted.message.slot == UInt32(try vector.number("slot")))
            #expect(admitted.message.threadKey.bytes == (try vector.hex("thread_public")))
            #expect(admitted.message.replyKey.bytes == (try vector.hex("reply_public")))
            #expect(admitted.tags.exposed == (try vector.hex("tag_key")))
            let keys = try #require(admitted.message.transferKeys)
            #expect(keys.organisation.ascii == (try vector.text("other")))
            guard vector.has("other_seal_secret") else { continue }
            let other = KeyRing().adding(try reader.pair("other_seal"))
            let opened = other.open(keys.sealed)?.exposed
            let expected = try ["other_thread_public", "other_reply_public", "other_tag_key"]
                .flatMap { try vector.hex($0) }
            #expect(opened == expected)
        }
    }

    @Test func `a transferred message is admitted as it was made`() throws {
        for vector in try vectors(kind: 5) where !vector.isRefused {
            let reader = try Reader(vector)
            let opened = try reader.transferred(try vector.hex("envelope"))
            #expect(opened.plaintext == reader.plaintext)
            #expect(opened.transferred.from.ascii == (try vector.text("from")))
            #expect(opened.transferred.isSigned(by: [try reader.desk()]))
            #expect(opened.transferred.message.text == (try vector.text("text")))
            #expect(opened.transferred.messageFrame == (try vector.hex("message")))
            #expect(opened.threadKey.bytes == (try vector.hex("thread_public")))
            #expect(opened.replyKey.bytes == (try vector.hex("reply_public")))
            #expect(opened.tags.exposed == (try vector.hex("tag_key")))
        }
    }

    @Test func `a release opens what it was made for`() throws {
        for vector in try vectors(kind: 6) where !vector.isRefused {
            let reader = try Reader(vector)
            let admitted = try reader.admitted()
            try reader.checkEnvelope(admitted.plaintext)
            #expect(admitted.message.text == (try vector.text("text")))
            let release = try #require(admitted.message.release)
            #expect(release.opening == (try vector.hex("release")))
            #expect(release.from.ascii == (try vector.text("from")))
            #expect(release.envelope.bytes == (try vector.hex("released_sha256")))
            let opened = try reader.released(by: release)
            #expect(opened.message.text == (try vector.text("released_text")))
        }
    }

    @Test(arguments: [3, 6])
    func `a consent or release that must be refused is`(kind: Int) throws {
        for vector in try vectors(kind: kind) where vector.isRefused {
            let reader = try Reader(vector)
            guard vector.has("refused_when_opened") else {
                #expect(throws: MessageError.self, "\(vector.comment)") {
                    _ = try reader.admitted().message
                }
                continue
            }
            let release = try #require(try reader.admitted().message.release)
            #expect(throws: MessageError.self, "\(vector.comment)") {
                _ = try reader.released(by: release)
            }
        }
    }

    @Test func `a transferred message that must be refused is`() throws {
        for vector in try vectors(kind: 5) where vector.isRefused {
            let reader = try Reader(vector)
            let envelope = Envelope.text(reader.plaintext, to: reader.recipient, second: .decoy)
            var isTaken = false
            do throws(MessageError) {
                let opened = try reader.transferred(envelope.bytes)
                isTaken = opened.transferred.isSigned(by: [reader.deskKey])
            } catch {
                isTaken = false
            }
            #expect(!isTaken, "\(vector.comment)")
        }
    }

    /// The cases of a kind; at least one to take and three to refuse.
    private func vectors(kind: Int) throws -> [VectorFile.Case] {
        let all = try VectorFile("transfer.json").cases
        let found = try all.filter { try $0.number("kind") == kind }
        let refused = found.filter(\.isRefused).count
        try #require(refused >= 3 && refused < found.count)
        return found
    }
}

/// The organisation of a case, with the keys it holds.
private struct Reader {
    let vector: VectorFile.Case
    let organisation: OrganisationID
    let recipient: SealingPublicKey
    let ring: KeyRing
    let plaintext: [UInt8]
    let deskKey: VerifierKey

    init(_ vector: VectorFile.Case) throws {
        self.vector = vector
        organisation = try #require(OrganisationID(ascii: try vector.text("organisation")))
        recipient = SealingPublicKey(try vector.hex("seal_public"))
        ring = KeyRing().adding(try Self.pair(vector, "seal"))
        let short = try vector.hex("frame")
        let padding = EnvelopeClass.text.plaintextSize - short.count
        plaintext = short + [UInt8](repeating: 0, count: padding)
        let key = vector.has("desk_public") ? try vector.hex("desk_public") : [0].repeated(32)
        deskKey = VerifierKey(name: ascii("a.b"), key: SigningPublicKey(key))
    }

    func pair(_ start: String) throws -> SealingKeyPair { try Self.pair(vector, start) }

    func desk() throws -> VerifierKey {
        _ = try vector.hex("desk_public")
        return deskKey
    }

    /// The message, under the tag of its leaf.
    func admitted() throws -> AdmittedMessage {
        try AdmittedMessage(
            plaintext: plaintext,
            envelope: Digest(try vector.hex("envelope_sha256")),
            tag: try #require(Tag(bytes: try vector.hex("tag"))),
            organisation: organisation,
            ring: ring
        )
    }

    func transferred(_ envelope: [UInt8]) throws(MessageError) -> OpenedTransfer {
        try OpenedTransfer(envelope: envelope, organisation: organisation, ring: ring)
    }

    func released(by release: Release) throws -> OpenedRelease {
        try OpenedRelease(envelope: try vector.hex("released"), release: release, ring: ring)
    }

    /// The envelope of the case, where it has one, opens to its plaintext.
    func checkEnvelope(_ expected: [UInt8]) throws {
        guard vector.has("envelope") else { return }
        let envelope = try Envelope(bytes: try vector.hex("envelope"), expecting: .text)
        #expect(try envelope.open(with: ring) == expected)
    }

    private static func pair(_ vector: VectorFile.Case, _ start: String) throws -> SealingKeyPair {
        let secret = SecretBytes(copying: try vector.hex("\(start)_secret"))
        return SealingKeyPair(secretKey: secret)
    }
}
