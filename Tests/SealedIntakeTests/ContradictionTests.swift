import Stage
import Testing

@testable import SealedIntake

final class ContradictionTests {
    private let log = NoteSigner(name: ascii("sealed.example"), pair: .random())

    /// The first `size` leaves, all of one making.
    private func hashes(_ size: Int, _ making: UInt8) -> [Digest] {
        (0..<size).map { Digest(of: [making, UInt8($0)]) }
    }

    private func checkpoint(_ hashes: [Digest]) -> SignedNote {
        log.checkpoint(MerkleTree(hashes: hashes))
    }

    /// One tree of `older` leaves against another that grew to `newer`.
    private func contradiction(_ older: Int, _ newer: Int, against making: UInt8) -> Contradiction {
        let told = hashes(newer, 2)
        return Contradiction(
            older: checkpoint(hashes(older, making)),
            newer: checkpoint(told),
            before: MerkleTree(hashes: told.prefix(older)),
            later: [Digest](told.dropFirst(older))
        )
    }

    private func verify(_ contradiction: Contradiction) throws {
        try contradiction.verify(origin: log.name, logKeys: [log.verifierKey])
    }

    @Test func `two trees of one log key are proved to anybody who has the key`() throws {
        for (older, newer) in [(1, 2), (5, 5), (6, 11), (8, 9), (3, 40)] {
            let bytes = contradiction(older, newer, against: 1).bytes
            let read = try Contradiction(bytes: bytes)
            #expect(read.bytes == bytes)
            let shown = try read.verify(origin: log.name, logKeys: [log.verifierKey])
            #expect(shown.older.checkpoint.size == UInt64(older))
            #expect(shown.newer.checkpoint.size == UInt64(newer))
            #expect(read.consistency.isEmpty == (older == newer))
        }
    }

    @Test func `two roots of one size contradict each other, and only they`() throws {
        func verified(_ note: SignedNote) throws -> VerifiedCheckpoint {
            try VerifiedCheckpoint(note: note, origin: log.name, logKeys: [log.verifierKey])
        }
        let none = Checkpoint(origin: log.name, size: 0, root: Digest(of: [9]))
        let honest = try [0, 3, 5, 3].map { try verified(checkpoint(hashes($0, 1))) }
        #expect(Contradiction.ofOneSize(among: honest) == nil)
        #expect(Contradiction.ofOneSize(among: honest + [try verified(log.note(none.text))]) == nil)
        let other = try verified(checkpoint(hashes(3, 2)))
        let found = try #require(Contradiction.ofOneSize(among: honest + [other]))
        #expect(found.older == other.note)
        #expect(found.newer == honest[1].note)
        try verify(found)
    }

    @Test func `an honest log is not accused`() {
        for (older, newer) in [(1, 2), (5, 5), (6, 11)] {
            #expect(throws: ContradictionError.noContradiction) {
                try verify(contradiction(older, newer, against: 2))
            }
        }
        let honest = contradiction(6, 11, against: 2)
        let invented = Contradiction(
            older: honest.older,
            newer: honest.newer,
            otherRoot: Digest(of: [9]),
            consistency: honest.consistency
        )
        #expect(throws: ContradictionError.proof(.wrongRoot)) { try verify(invented) }
        #expect(throws: ContradictionError.proof(.emptyTree)) {
            try verify(
                Contradiction(
                    older: checkpoint([]),
                    newer: honest.newer,
                    otherRoot: Digest(of: [9]),
                    consistency: []
                )
            )
        }
    }

    @Test func `notes of another key, another log or in the wrong order prove nothing`() throws {
        let good = contradiction(6, 11, against: 1)
        let stranger = NoteSigner(name: log.name, pair: .random())
        let forged = stranger.note(good.older.text)
        let table: [(SignedNote, SignedNote, ContradictionError)] = [
            (forged, good.newer, .note(.notSigned)), (good.older, forged, .note(.notSigned)),
            (good.newer, good.older, .badOrder),
            (log.note(ascii("x\n")), good.newer, .note(.badText)),
        ]
        for (older, newer, error) in table {
            let bad = Contradiction(
                older: older,
                newer: newer,
                otherRoot: good.otherRoot,
                consistency: good.consistency
            )
            #expect(throws: error) { try verify(bad) }
        }
        #expect(throws: ContradictionError.note(.otherOrigin)) {
            try good.verify(origin: ascii("other"), logKeys: [log.verifierKey])
        }
    }

    @Test func `a file that is cut, longer or of another kind is refused`() throws {
        let bytes = contradiction(6, 11, against: 1).bytes
        for length in 4..<bytes.count {
            #expect(throws: ContradictionError.self) {
                _ = try Contradiction(bytes: [UInt8](bytes.prefix(length)))
            }
        }
        #expect(throws: ContradictionError.badLength) { _ = try Contradiction(bytes: bytes + [0]) }
        #expect(throws: ContradictionError.wrongMagic) {
            _ = try Contradiction(bytes: [0x53, 0x49, 0x50, 0x32] + bytes.dropFirst(4))
        }
        let long = ascii("SIP1") + [0xFF, 0xFF, 0xFF, 0xFF]
        #expect(throws: ContradictionError.badLength) { _ = try Contradiction(bytes: long) }
        #expect(throws: ContradictionError.note(.malformed)) {
            _ = try Contradiction(bytes: ascii("SIP1") + [0, 0, 0, 1, 0x61] + bytes)
        }
    }

    @Test func `every changed bit of a file is refused`() throws {
        let bytes = contradiction(6, 11, against: 1).bytes
        for place in bytes.indices {
            var bad = bytes
            bad[place] ^= 1 << UInt8(place % 8)
            #expect(throws: ContradictionError.self, "\(place)") {
                try verify(try Contradiction(bytes: bad))
            }
        }
    }
}
