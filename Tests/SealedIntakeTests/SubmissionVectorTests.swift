import Testing

@testable import SealedIntake

struct SubmissionVectorTests {
    @Test func `every submission is read as it was made, or refused`() throws {
        for vector in try VectorFile("submission.json").cases {
            let short = try vector.hex("body")
            let padding = try vector.number("size") - short.count
            let body = short + [UInt8](repeating: 0, count: padding)
            guard !vector.isRefused else {
                #expect(throws: SubmissionError.self, "\(vector.comment)") {
                    _ = try Submission(bytes: body)
                }
                continue
            }
            let read = try Submission(bytes: body)
            #expect(Int(read.envelope.envelopeClass.rawValue) == (try vector.number("class")))
            #expect(read.isCover == (try vector.flag("is_cover")))
            #expect(read.organisation.ascii == (try vector.text("organisation")))
            #expect(read.tag.bytes == (try vector.hex("tag")))
            #expect(read.stamp.bytes == (try vector.hex("stamp")))
            #expect(read.stamp.ticket.bytes == (try vector.hex("ticket")))
            #expect(read.stamp.nonces == (try vector.numberList("nonces")))
            #expect(read.bytes == body)
        }
    }

    @Test func `every challenge is read as it was made, or refused`() throws {
        for vector in try VectorFile("challenge.json").cases {
            let data = try vector.hex("data")
            guard !vector.isRefused else {
                let read = Challenge(bytes: data)
                let isTaken = try read.map { try fits($0, vector) } ?? false
                #expect(!isTaken, "\(vector.comment)")
                #expect(read == nil || vector.has("refused_with_directory"))
                continue
            }
            let read = try #require(Challenge(bytes: data))
            #expect(Int(read.hour) == (try vector.number("hour")))
            #expect(read.isTextClosed == (try vector.flag("is_closed")))
            #expect(read.arePiecesClosed == (try vector.flag("are_pieces_closed")))
            #expect(read.bytesToSolve == (try vector.hex("challenge")))
            #expect(read.tries.map { UInt64($0) } == (try vector.numberList("tries")))
            #expect(read.bytes == data)
            #expect(try fits(read, vector), "\(vector.comment)")
        }
    }

    private func fits(_ challenge: Challenge, _ vector: VectorFile.Case) throws -> Bool {
        challenge.fits(
            organisationCount: try vector.number("organisations"),
            work: UInt16(try vector.number("work"))
        )
    }

    @Test func `every promise holds under the keys that promise, or is refused`() throws {
        for vector in try VectorFile("promise.json").cases {
            let origin = try vector.text("origin")
            let keys = try vector.textList("promise_vkeys").map { try VerifierKey(text: $0) }
            func read() throws -> SubmissionPromise {
                let note = try SignedNote(bytes: try vector.text("text"))
                return try SubmissionPromise(note: note, origin: origin, promiseKeys: keys)
            }
            guard !vector.isRefused else {
                #expect(throws: NoteError.self, "\(vector.comment)") { _ = try read() }
                continue
            }
            let promise = try read()
            #expect(promise.day.text == (try vector.text("day")))
            #expect(promise.leaf == (try vector.hex("leaf")))
        }
    }
}
