import Testing

@testable import SealedIntake

/// The vectors of proofs that a log contradicted itself, made by an implementation that shares no
/// code with this one.
struct ContradictionVectorTests {
    @Test func `every proof that holds is taken, and written as it was read`() throws {
        let cases = try VectorFile("contradiction.json").cases.filter { !$0.isRefused }
        try #require(cases.count >= 3)
        for vector in cases {
            let bytes = try vector.hex("file")
            let proof = try Contradiction(bytes: bytes)
            #expect(proof.bytes == bytes, "\(vector.comment)")
            let (older, newer) = try proof.verify(
                origin: try vector.text("origin"),
                logKeys: [try logKey(of: vector)]
            )
            #expect(older.checkpoint.size == UInt64(try vector.number("older")))
            #expect(newer.checkpoint.size == UInt64(try vector.number("newer")))
        }
    }

    @Test func `every proof that proves nothing is refused`() throws {
        let cases = try VectorFile("contradiction.json").cases.filter(\.isRefused)
        try #require(cases.count >= 3)
        for vector in cases {
            #expect(throws: ContradictionError.self, "\(vector.comment)") {
                let proof = try Contradiction(bytes: try vector.hex("file"))
                try proof.verify(
                    origin: try vector.text("origin"),
                    logKeys: [try logKey(of: vector)]
                )
            }
        }
    }

    private func logKey(of vector: VectorFile.Case) throws -> VerifierKey {
        try VerifierKey(text: try vector.text("log_vkey"))
    }
}
