import Testing

@testable import SealedIntake

struct StampTests {
    private let organisation = OrganisationID(ascii: ascii("nl-vi"))
    private let challenge = Sodium.random(16)

    @Test func `every vector's work is worth what it says`() throws {
        var refused = 0
        for vector in try VectorFile("stamp.json").cases {
            let hour = UInt32(try vector.number("hour"))
            let challenge = try vector.hex("challenge")
            let key = ChallengeKey(key: SecretBytes(copying: try vector.hex("key")))
            #expect(key.challenge(of: hour) == challenge)
            let id = try #require(OrganisationID(ascii: try vector.text("organisation")))
            let ticket = try #require(Ticket(bytes: try vector.hex("ticket")))
            let nonces = try vector.numberList("nonces")
            let stamp = Stamp(hour: hour, ticket: ticket, nonces: nonces)
            #expect(stamp.bytes == (try vector.hex("stamp")))
            let tries = UInt16(try vector.number("tries"))
            let isWorth = try stamp.isWorth(tries, for: id, challenge: challenge)
            #expect(isWorth != vector.isRefused, "\(vector.comment)")
            refused += vector.isRefused ? 1 : 0
            guard vector.comment.hasPrefix("the first from 0") else { continue }
            var search = StampSearch(
                organisation: id,
                hour: hour,
                challenge: challenge,
                tries: tries,
                ticket: ticket
            )
            #expect(try search.finish() == stamp)
        }
        #expect(refused > 0)
    }

    private func stamp(worth tries: UInt16) throws -> Stamp {
        var search = StampSearch(
            organisation: try #require(organisation),
            hour: 494_000,
            challenge: challenge,
            tries: tries
        )
        return try search.finish()
    }

    @Test func `what a search finds is worth what was asked, for nobody and nowhere else`() throws {
        let organisation = try #require(organisation)
        let other = try #require(OrganisationID(ascii: ascii("nl-ocw")))
        let stamp = try stamp(worth: 64)
        #expect(try stamp.isWorth(64, for: organisation, challenge: challenge))
        #expect(try stamp.isWorth(1, for: organisation, challenge: challenge))
        // One in 16 million of these would hold by chance.
        #expect(try !stamp.isWorth(64, for: other, challenge: challenge))
        #expect(try !stamp.isWorth(64, for: organisation, challenge: Sodium.random(16)))
        let stolen = Stamp(hour: stamp.hour, ticket: .random(), nonces: stamp.nonces)
        #expect(try !stolen.isWorth(64, for: organisation, challenge: challenge))
    }

    @Test func `each of the four parts must hold`() throws {
        let organisation = try #require(organisation)
        let stamp = try stamp(worth: 64)
        for part in 0..<Stamp.partCount {
            var nonces = stamp.nonces
            nonces[part] &+= 1
            let spoilt = Stamp(hour: stamp.hour, ticket: stamp.ticket, nonces: nonces)
            let worth = try (1...4).filter { _ in
                try spoilt.isWorth(.max, for: organisation, challenge: challenge)
            }
            #expect(worth.isEmpty)
        }
        let turned = Stamp(
            hour: stamp.hour,
            ticket: stamp.ticket,
            nonces: stamp.nonces.reversed()
        )
        #expect(try !turned.isWorth(64, for: organisation, challenge: challenge))
    }

    @Test func `a search can be made in pieces and shows how far it is`() throws {
        let organisation = try #require(organisation)
        let ticket = Ticket.random()
        func search() -> StampSearch {
            StampSearch(
                organisation: organisation,
                hour: 1,
                challenge: challenge,
                tries: 16,
                ticket: ticket
            )
        }
        var whole = search()
        var pieces = search()
        let stamp = try whole.finish()
        var parts = [pieces.partsFound]
        while pieces.stamp == nil {
            try pieces.go(on: 1)
            parts.append(pieces.partsFound)
        }
        #expect(pieces.stamp == stamp)
        #expect(parts == parts.sorted() && parts.last == Stamp.partCount)
    }

    @Test func `a stamp reads as it was written`() throws {
        let stamp = Stamp.random()
        #expect(stamp.bytes.count == 52)
        var reader = ByteReader(stamp.bytes)
        #expect(try Stamp(from: &reader) == stamp)
        var cut = ByteReader([UInt8](stamp.bytes.dropLast()))
        #expect(throws: ByteReaderError.self) { _ = try Stamp(from: &cut) }
    }
}
