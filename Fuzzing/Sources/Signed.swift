import SealedIntake

/// The keys under which inputs are signed anew, so that what stands behind a signature is read.
///
/// They are those of `Fuzzing/seeds`, and everybody's.
enum Signed {
    /// The deployment.
    static let name = [UInt8]("paper.test".utf8)
    /// The log.
    static let log = NoteSigner(name: name, pair: pair(0))
    /// Who promises.
    static let promise = NoteSigner(name: Directory.promiseKeyName(name), pair: pair(2))
    /// The desk of `nl-vi`.
    static let desk = NoteSigner(name: [UInt8]("nl-vi.paper.test".utf8), pair: pair(1))

    private static func pair(_ byte: UInt8) -> SigningKeyPair {
        SigningKeyPair(seed: SecretBytes(copying: [UInt8](repeating: byte, count: 32)))
    }

    /// The text of a note, signed by the log; nil where the bytes are no note.
    static func byLog(_ bytes: [UInt8]) -> SignedNote? {
        (try? SignedNote(bytes: bytes)).map { log.note($0.text) }
    }

    /// The text of a note, signed by the log and cosigned by the desk.
    static func byBoth(_ bytes: [UInt8]) -> SignedNote? {
        byLog(bytes).map { desk.cosigning($0, day: Day(number: 20_000)) }
    }

    /// The text of a note, signed by the desk, with the digest of its rows set right.
    static func manifest(
        _ bytes: [UInt8],
        by signer: borrowing NoteSigner,
        rows: [UInt8]
    ) -> SignedNote? {
        guard let note = try? SignedNote(bytes: bytes) else { return nil }
        let lines = note.text.split(separator: 0x0A, omittingEmptySubsequences: false)
        let mended = lines.map { line in
            let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
            guard words.count == 3, words[0].elementsEqual("rows".utf8) else { return line }
            return [UInt8]("rows ".utf8) + Digest(of: rows).hex + [0x20] + words[2]
        }
        return signer.note([UInt8](mended.joined(separator: [0x0A])))
    }
}
