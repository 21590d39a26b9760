import Foundation
import SealedIntake
import Testing

@testable import IntakeStore

/// The digest by the processor's own instructions is the one of libsodium, which the protocol, the
/// desk and the browser compute.
struct DigestTests {
    private static let vectors = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Vectors")

    /// Deterministic, and no two alike.
    private func message(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8 ^ count) }
    }

    @Test func `both say the same of every length, whatever the block`() {
        let sizes = [0...200, 4095...4097, 16_383...16_385, 1_048_575...1_048_577]
        for count in sizes.joined() {
            let message = message(count)
            #expect(Digest(native: message) == Digest(of: message), "\(count) bytes")
        }
    }

    /// FIPS 180-2, appendix B, and the digest of nothing.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `both say what the standard says`(message: String, hex: String) {
        let message = [UInt8](message.utf8)
        #expect(Digest(native: message).hex == [UInt8](hex.utf8))
        #expect(Digest(of: message).hex == [UInt8](hex.utf8))
    }

    @Test func `both come to the hashes of the vectors of the log`() throws {
        let data = try Data(contentsOf: Self.vectors.appending(path: "log.json"))
        let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let cases = try #require(file["cases"] as? [[String: Any]])
        var count = 0
        for values in cases {
            guard let leaf = values["leaf"] as? String, let hash = values["leaf_hash"] as? String
            else { continue }
            let bytes = [0] + (try #require(Hex.decode([UInt8](leaf.utf8))))
            #expect(Digest(native: bytes).hex == [UInt8](hash.utf8))
            #expect(Digest(of: bytes).hex == [UInt8](hash.utf8))
            count += 1
        }
        #expect(count > 3, "nothing was read")
    }

    @Test func `both say the same of every file of vectors`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.vectors,
            includingPropertiesForKeys: nil
        )
        #expect(files.contains { $0.lastPathComponent == "piece.bin" }, "nothing was read")
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(Digest(native: bytes) == Digest(of: bytes), "\(file.lastPathComponent)")
        }
    }

    @Test func `what is promised of what came is what the protocol promises`() throws {
        let today = Day(number: 20_780)
        for submission in [try Samples.text(), try Samples.text(isCover: true)] {
            let incoming = Incoming(submission)
            let promise = SubmissionPromise(origin: [0x61], day: today, for: submission)
            #expect(incoming.promise(origin: [0x61], day: today) == promise)
            #expect(incoming.asCover.promise(origin: [0x61], day: today) == promise)
            #expect(submission.isCover || incoming.digest == submission.envelope.digest)
        }
    }
}
