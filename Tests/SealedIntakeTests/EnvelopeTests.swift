import IntakeOpening
import Testing

@testable import SealedIntake

struct EnvelopeTests {
    @Test func `every vector opens to its plaintext or is refused`() throws {
        for vector in try VectorFile("envelope.json").cases {
            let expected = try #require(EnvelopeClass(rawValue: UInt8(try vector.number("class"))))
            let secret = SecretBytes(copying: try vector.hex("secret"))
            let ring = KeyRing().adding(SealingKeyPair(secretKey: secret))
            #expect(ring.publicKeys.map(\.bytes) == [try vector.hex("public")])
            let opened = Result {
                let envelope = try Envelope(bytes: vector.hex("envelope"), expecting: expected)
                guard vector.has("release") else { return try envelope.open(with: ring) }
                return try envelope.open(with: ring, release: vector.hex("release"))
            }
            if vector.isRefused {
                #expect(throws: (any Error).self, "\(vector.comment)") { try opened.get() }
            } else {
                let digest = Digest(of: try opened.get())
                #expect(digest.bytes == (try vector.hex("plain_sha256")), "\(vector.comment)")
            }
        }
    }

    @Test func `every piece opens under its file key or is refused`() throws {
        for vector in try VectorFile("piece.json").cases {
            let bytes = try VectorFile.bytes(
                String(decoding: vector.text("envelope"), as: UTF8.self)
            )
            let envelope = try Envelope(bytes: bytes, expecting: .piece)
            let key = SecretBytes(copying: try vector.hex("file_key"))
            if vector.isRefused {
                #expect(throws: OpenError.commitment) { _ = try envelope.open(fileKey: key) }
            } else {
                let digest = Digest(of: try envelope.open(fileKey: key))
                #expect(digest.bytes == (try vector.hex("plain_sha256")))
            }
        }
    }

    @Test(arguments: EnvelopeClass.allCases)
    func `what is sealed opens again and has the one size of its class`(
        _ envelopeClass: EnvelopeClass
    ) throws {
        let pair = SealingKeyPair.random()
        let plaintext = Sodium.random(envelopeClass.plaintextSize)
        let part = Sodium.random(EnvelopeClass.piece.plaintextSize)
        let piece = Envelope.piece(envelopeClass == .piece ? plaintext : part)
        let envelope =
            switch envelopeClass {
            case .text: Envelope.text(plaintext, to: pair.publicKey, second: .decoy)
            case .reply: Envelope.reply(plaintext, to: pair.publicKey)
            case .piece: piece.envelope
            }
        #expect(envelope.bytes.count == envelopeClass.size)
        let read = try Envelope(bytes: envelope.bytes, expecting: envelopeClass)
        #expect(read == envelope)
        let opened =
            envelopeClass == .piece
            ? try read.open(fileKey: piece.fileKey) : try read.open(with: pair)
        #expect(opened == plaintext)
    }

    @Test func `a stranger's key opens nothing`() throws {
        let envelope = Envelope.reply(
            Sodium.random(EnvelopeClass.reply.plaintextSize),
            to: SealingKeyPair.random().publicKey
        )
        #expect(throws: OpenError.notForTheseKeys) {
            _ = try envelope.open(with: SealingKeyPair.random())
        }
    }

    @Test func `the escalation organisation opens only what was released to it`() throws {
        let escalation = SealingKeyPair.random()
        let publicKey = escalation.publicKey
        let ring = KeyRing().adding(escalation)
        let plaintext = Sodium.random(EnvelopeClass.text.plaintextSize)
        let release = Sodium.random(32)
        let own = SealingKeyPair.random().publicKey
        let envelope = Envelope.text(plaintext, to: own, second: .release(release, to: publicKey))
        #expect(throws: OpenError.commitment) { _ = try envelope.open(with: ring) }
        #expect(try envelope.open(with: ring, release: release) == plaintext)
        let filler = Envelope.text(plaintext, to: own, second: .unreleasable(to: publicKey))
        #expect(throws: OpenError.commitment) { _ = try filler.open(with: ring, release: release) }
    }

    /// The second wrap of a report without escalation follows from its own file key: nobody can
    /// tell it from one that can be released, and every implementation can check it.
    @Test func `a decoy opens under the key that follows from the file key`() throws {
        let pair = SealingKeyPair.random()
        let plaintext = Sodium.random(EnvelopeClass.text.plaintextSize)
        let own = Envelope.text(plaintext, to: pair.publicKey, second: .decoy)
        try expectDecoy(in: own, openedBy: pair)
        let vectors = try VectorFile("envelope.json").cases.filter {
            $0.comment == "report without escalation"
        }
        try #require(!vectors.isEmpty)
        for vector in vectors {
            let secret = SecretBytes(copying: try vector.hex("secret"))
            let envelope = try Envelope(bytes: vector.hex("envelope"), expecting: .text)
            try expectDecoy(in: envelope, openedBy: SealingKeyPair(secretKey: secret))
        }
    }

    private func expectDecoy(
        in envelope: Envelope,
        openedBy pair: borrowing SealingKeyPair
    ) throws {
        let opened = pair.open(envelope.wraps[0])?.exposed
        let fileKey = SecretBytes(copying: try #require(opened))
        let seed = Sodium.blake(key: fileKey, [UInt8]("sealedintake/v1/decoy".utf8))
        let decoy = SealingKeyPair(seed: seed).open(envelope.wraps[1])?.exposed
        #expect(decoy == fileKey.exposed)
    }

    @Test func `no two pieces share a key`() {
        let plaintext = [UInt8](repeating: 0, count: EnvelopeClass.piece.plaintextSize)
        let pieces = (0..<3).map { _ in Envelope.piece(plaintext).fileKey.exposed }
        #expect(Set(pieces).count == 3)
    }

    @Test func `a key of low order is known`() throws {
        #expect(SealingPublicKey([UInt8](repeating: 0, count: 32)).isLowOrder)
        #expect(SealingPublicKey([1] + [UInt8](repeating: 0, count: 31)).isLowOrder)
        #expect(!SealingKeyPair.random().publicKey.isLowOrder)
    }
}
