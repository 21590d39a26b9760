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
            stamp: Stamp(hour: 494_000, ticket: .random(), nonces: [17, 0, .max, 1]),
            envelope: Envelope.text(plaintext, to: key, second: .decoy)
        )
    }

    @Test func `a submission reads as it was written`() throws {
        for isCover in [false, true] {
            let submission = try submission(isCover: isCover)
            #expect(submission.bytes.count == 92 + 16_384)
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
            ([UInt8](good.prefix(40)), .cut), ([UInt8](good.prefix(91)), .cut),
            ([UInt8](good.dropLast()), short), (good + [0], long),
            (with(92, 0), .envelope(.wrongMagic)), (with(96, 2), .envelope(.unknownSuite)),
            (with(97, 3), .envelope(.wrongClass)), (with(98, 1), .envelope(.wrongWraps)),
            (with(99, 1), .envelope(.reservedByte)),
        ]
        for (bytes, error) in table {
            #expect(throws: error) { _ = try Submission(bytes: bytes) }
        }
    }

    @Test func `a promise names the leaf, or nothing for a cover`() throws {
        let origin = ascii("sealed.example")
        let key = NoteSigner(name: Directory.promiseKeyName(origin), pair: .random())
        let other = NoteSigner(name: Directory.promiseKeyName(origin), pair: .random())
        for isCover in [false, true] {
            let submission = try submission(isCover: isCover)
            let promise = SubmissionPromise(
                origin: origin,
                day: Day(number: 20_780),
                for: submission
            )
            let note = try SignedNote(bytes: key.note(promise.text).bytes)
            let keys = [key.verifierKey]
            let read = try SubmissionPromise(note: note, origin: origin, promiseKeys: keys)
            #expect(throws: NoteError.notSigned) {
                let keys = [other.verifierKey]
                _ = try SubmissionPromise(note: note, origin: origin, promiseKeys: keys)
            }
            #expect(throws: NoteError.otherOrigin) {
                let elsewhere = ascii("other.example")
                _ = try SubmissionPromise(note: note, origin: elsewhere, promiseKeys: keys)
            }
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
            isTextClosed: true,
            arePiecesClosed: false,
            bytesToSolve: Sodium.random(16),
            tries: [1, 256, 65_535]
        )
        let bytes = challenge.bytes
        #expect(Challenge(bytes: bytes) == challenge)
        #expect(bytes.count == 28)
        for (place, byte) in [(4, 4), (4, 0xFF), (5, 2), (5, 4), (23, 0)] as [(Int, UInt8)] {
            var bad = bytes
            bad[place] = byte
            #expect(Challenge(bytes: bad) == nil, "byte \(byte) at \(place)")
        }
        #expect(Challenge(bytes: bytes + [0]) == nil)
        #expect(Challenge(bytes: []) == nil)
    }
}
