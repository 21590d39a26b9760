import Testing

@testable import SealedIntake

struct StampTests {
    @Test func `every vector's work is worth what it says`() throws {
        for vector in try VectorFile("stamp.json").cases {
            let hour = UInt32(try vector.number("hour"))
            let root = Digest(try vector.hex("newest_root"))
            let challenge = Stamp.challenge(hour: hour, root: root)
            #expect(challenge == (try vector.hex("challenge")))
            let subject = Stamp.subject(
                organisation: try #require(OrganisationID(ascii: try vector.text("organisation"))),
                tag: Tag(try vector.hex("tag")),
                envelope: Digest(try vector.hex("envelope_sha256"))
            )
            let stamp = Stamp(hour: hour, nonce: UInt64(try vector.number("nonce")))
            let bits = try vector.number("bits")
            if bits > 0 {
                let found = try stamp.bits(subject: subject, challenge: challenge)
                #expect(found == (try vector.number("bits_found")))
            }
            let again = try Stamp.find(
                subject: subject,
                hour: hour,
                challenge: challenge,
                difficulty: UInt8(bits)
            )
            #expect(again == stamp)
        }
    }

    @Test func `the work asked doubles as the crowd does`() {
        let table: [(UInt32, UInt8)] = [
            (0, 0), (49, 0), (50, 1), (99, 1), (100, 2), (199, 2), (200, 3), (3200, 7),
            (102_400, 12), (.max, 12),
        ]
        for (count, bits) in table {
            #expect(Stamp.difficulty(count: count, envelopeClass: .text) == bits)
            let piece = Stamp.difficulty(count: count, envelopeClass: .piece)
            #expect(piece == (bits == 0 ? 0 : bits + 4))
        }
    }
}
