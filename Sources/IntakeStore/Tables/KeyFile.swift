import SealedIntake

/// The form of a file with one signing key and the keys that signed before it.
///
/// ```text
/// HEAD ‖ base64(seed[32]) ‖ LF ‖ ("before " ‖ vkey ‖ LF)*
/// ```
struct KeyFile {
    /// Says what the key signs, so that none is used for another's work.
    let head: [UInt8]

    private static let beforeWord = [UInt8]("before ".utf8)

    /// The seed and the keys before, or nil where the file is not in its form; all have one name.
    func read(_ file: [UInt8], name: [UInt8]) -> (seed: [UInt8], before: [VerifierKey])? {
        var reader = ByteReader(file)
        guard let line = try? reader.line(), line.starts(with: head),
            let seed = Base64.decode([UInt8](line.dropFirst(head.count))), seed.count == 32
        else { return nil }
        var before: [VerifierKey] = []
        while !reader.isAtEnd {
            guard let line = try? reader.line(), line.starts(with: Self.beforeWord),
                let key = try? VerifierKey(text: [UInt8](line.dropFirst(Self.beforeWord.count))),
                key.name == name
            else { return nil }
            before.append(key)
        }
        return (seed, before)
    }

    /// The whole file.
    func bytes(of signer: borrowing NoteSigner, before: [VerifierKey]) -> [UInt8] {
        before.reduce(into: head + Base64.encode(signer.pair.exposedSeed) + [0x0A]) {
            $0 += Self.beforeWord + $1.text + [0x0A]
        }
    }
}
