import Testing

@testable import SealedIntake

struct SubmissionTests {
    private func submission(isCover: Bool = false) throws -> Submission {
        let plaintext = Sodium.random(EnvelopeClass.text.plaintextSize)
        let key = SealingKeyPair.random().publicKey
        return Submission(
            isCover: isCover,
            organisation: try #require(OrganisationID(ascii: ascii("nl-vi"))),
            tag: .random(),
            stamp: Stamp(hour: 494_000, nonce: 17),
            envelope: Envelope.text(plaintext, to: key, second: .decoy)
        )
    }

    @Test func `a submission reads as it was written`() throws {
        for isCover in [false, true] {
            let submission = try submission(isCover: isCover)
            #expect(submission.bytes.count == 52 + 16_384)
            #expect(try Submission(bytes: submission.bytes) == submission)
        }
    }

    @Test func `each bad byte of the head is refused by its own name`() throws {
        let good = try submission().bytes
        func with(_ place: Int, _ byte: UInt8) -> [UInt8] {
            var bytes = good
            bytes[place] = byte
            return bytes
        }
        let short = SubmissionError.envelope(.wrongSize(found: 16_383, expected: 16_384))
        let long = SubmissionError.envelope(.wrongSize(found: 16_385, expected: 16_384))
        let table: [([UInt8], SubmissionError)] = [
            ([], .wrongMagic), (with(0, 0), .wrongMagic), (with(3, 0x32), .wrongMagic),
            (with(4, 0), .wrongClass), (with(4, 3), .wrongClass), (with(4, 9), .wrongClass),
            (with(4, 2), .envelope(.wrongSize(found: 16_384, expected: 1_048_576))),
            (with(5, 2), .unknownFlags), (with(5, 0x81), .unknownFlags),
            (with(6, 1), .reservedBytes), (with(7, 1), .reservedBytes),
            (with(8, 0), .badOrganisation), (with(8, 0x4E), .badOrganisation),
            (with(23, 1), .badOrganisation), (with(9, 0), .badOrganisation),
            ([UInt8](good.prefix(6)), .reservedBytes), ([UInt8](good.prefix(5)), .cut),
            ([UInt8](good.prefix(40)), .cut), ([UInt8](good.prefix(51)), .cut),
            ([UInt8](good.dropLast()), short), (good + [0], long),
            (with(52, 0), .envelope(.wrongMagic)), (with(56, 2), .envelope(.unknownSuite)),
            (with(57, 3), .envelope(.wrongClass)), (with(58, 1), .envelope(.wrongWraps)),
            (with(59, 1), .envelope(.reservedByte)),
        ]
        for (bytes, error) in table {
            #expect(throws: error) { _ = try Submission(bytes: bytes) }
        }
    }

    @Test func `a promise names the leaf, or nothing for a cover`() throws {
        let log = NoteSigner(name: ascii("sealed.example"), pair: .random())
        let logKey = log.verifierKey
        for isCover in [false, true] {
            let submission = try submission(isCover: isCover)
            let promise = SubmissionPromise(
                origin: log.name,
                day: Day(number: 20_780),
                for: submission
            )
            let note = try SignedNote(bytes: log.note(promise.text).bytes)
            let read = try SubmissionPromise(note: note, origin: log.name, logKeys: [logKey])
            #expect(read == promise)
            let leaf = Leaf.submission(
                submission.organisation,
                submission.tag,
                submission.envelope.digest
            )
            #expect(read.leaf == (isCover ? [UInt8](repeating: 0, count: 65) : leaf.bytes))
        }
    }

    @Test func `a drop gives back what lies under a tag and nothing else`() throws {
        let entries = (0..<40).map { _ in
            Drop.Entry(tag: .random(), envelope: Sodium.random(4096))
        }
        let drop = try Drop(bytes: Drop(entries).bytes)
        for entry in entries { #expect(drop.envelope(entry.tag) == entry.envelope) }
        #expect(drop.envelope(.random()) == nil)
        #expect(try Drop(bytes: Drop([]).bytes).envelope(.random()) == nil)
        let bytes = drop.bytes
        #expect(throws: DropError.malformed) { _ = try Drop(bytes: bytes + [0]) }
        #expect(throws: DropError.malformed) { _ = try Drop(bytes: [UInt8](bytes.dropLast())) }
        #expect(throws: DropError.malformed) {
            _ = try Drop(bytes: ascii("SID1") + [0xFF, 0xFF, 0xFF, 0xFF])
        }
        let row = entries[0].tag.bytes + entries[0].envelope
        #expect(throws: DropError.notSorted) {
            _ = try Drop(bytes: ascii("SID1") + [0, 0, 0, 2] + row + row)
        }
    }

    @Test func `a challenge has one form only`() throws {
        let challenge = Challenge(
            hour: 494_000,
            difficulty: 3,
            isTextClosed: true,
            arePiecesClosed: false,
            bytesToSolve: Sodium.random(16)
        )
        let bytes = challenge.bytes
        #expect(Challenge(bytes: bytes) == challenge)
        for place in [4, 5, 6, 7] {
            var bad = bytes
            bad[place] = 0xFF
            #expect(Challenge(bytes: bad) == nil)
        }
        #expect(Challenge(bytes: bytes + [0]) == nil)
        #expect(Challenge(bytes: []) == nil)
    }
}
