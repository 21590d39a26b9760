/// The reporter's follow-up token: ten random bytes, spoken as nine syllables.
///
/// It never leaves the page: not in a request, an address, storage or a log.
/// - SeeAlso: `docs/spec/protocol.md`, section 3; vectors `token.json`.
public struct FollowUpToken: ~Copyable, Sendable {
    /// The length in bytes.
    public static let count = 10

    /// Letters in its spelling, separators not counted.
    public static let letterCount = 27

    let bytes: SecretBytes

    /// Takes ten bytes.
    public init(bytes: consuming SecretBytes) {
        precondition(bytes.count == Self.count)
        self.bytes = bytes
    }

    /// A fresh token.
    public static func random() -> FollowUpToken {
        FollowUpToken(bytes: SecretBytes.random(count))
    }

    /// Reads what a person typed: separators, case and likely digits do not matter.
    /// - Throws: ``TokenError``, the length before the syllables, those before the check.
    public init(reading text: [UInt8]) throws(TokenError) {
        let letters = typedLetters(text)
        guard letters.count == Self.letterCount else {
            throw .wrongLength(found: letters.count)
        }
        var numbers: [UInt16] = []
        for index in 0..<9 {
            let syllable = repaired([UInt8](letters[index * 3..<index * 3 + 3]))
            guard let number = TokenSyllables.number(syllable) else {
                throw .notASyllable(index: index)
            }
            numbers.append(number)
        }
        var (secret, check) = unpacked(numbers)
        defer { Sodium.wipe(&secret) }
        guard check == tokenCheck(secret) else { throw .checkFails }
        bytes = SecretBytes(copying: secret)
    }

    /// Reads the one token that stands in what a person typed: behind numbers of lines, in a
    /// sentence, twice.
    /// - Throws: ``TokenError``; where there is none, what ``init(reading:)`` says of all of it.
    public init(writtenIn text: [UInt8]) throws(TokenError) {
        var all = typedLetters(text)
        var found: [UInt8]?
        for _ in 0..<2 {
            var rest = all[...]
            while let start = Self.place(in: rest) {
                let one = repaired([UInt8](rest[start..<start + Self.letterCount]))
                if let found, found != one { throw .several }
                found = one
                rest = rest[(start + Self.letterCount)...]
            }
            all.removeAll { $0 < 0x61 }
        }
        try self.init(reading: found ?? text)
    }

    /// A copy in the open, for the worker that derives the root.
    public var exposed: [UInt8] { bytes.exposed }

    /// The nine syllables.
    public var syllables: [[UInt8]] {
        var secret = bytes.exposed
        defer { Sodium.wipe(&secret) }
        return packed(secret, check: tokenCheck(secret)).map(TokenSyllables.letters)
    }

    /// Three lines of three syllables, `baf-bel-faf`.
    public var lines: [[UInt8]] {
        let all = syllables
        return (0..<3).map { line in
            [UInt8](all[line * 3..<line * 3 + 3].joined(separator: [0x2D]))
        }
    }

    /// Whether a text holds a token, anybody's and from any visit, under the reading of a typed
    /// one; numbers between its lines do not hide it.
    ///
    /// Ordinary words hardly ever make nine syllables of the table in a row, and where they do,
    /// the check refuses 1023 in 1024.
    public static func isWritten(in text: [UInt8]) -> Bool {
        let letters = typedLetters(text)
        let bare = letters.filter { $0 >= 0x61 }
        return place(in: letters[...]) != nil || place(in: bare[...]) != nil
    }

    /// Where the first token begins.
    private static func place(in letters: ArraySlice<UInt8>) -> Int? {
        guard letters.count >= letterCount else { return nil }
        return (letters.startIndex...letters.endIndex - letterCount).first { start in
            do throws(TokenError) {
                _ = try FollowUpToken(reading: [UInt8](letters[start..<start + letterCount]))
                return true
            } catch {
                return false
            }
        }
    }

    /// Whether a text holds this token, under the same reading as a typed one.
    public func isContained(in text: [UInt8]) -> Bool {
        let letters = typedLetters(text)
        let spelled = [UInt8](syllables.joined())
        guard letters.count >= spelled.count else { return false }
        return (0...letters.count - spelled.count).contains { start in
            zip(spelled, letters[start...]).enumerated().allSatisfy { place, pair in
                pair.0 == repaired(pair.1, place: place % 3)
            }
        }
    }
}

/// Why typed text is no token.
public enum TokenError: Refusal {
    /// Another number of letters and digits than 27.
    case wrongLength(found: Int)
    /// The syllable at this place, from 0, is not in the table.
    case notASyllable(index: Int)
    /// All syllables exist but they do not belong together.
    case checkFails
    /// Two tokens stand there.
    case several

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongLength: "the code has another length, it must have 27 letters"
        case .notASyllable: "a syllable of the code is not in the table"
        case .checkFails: "the syllables do not belong together"
        case .several: "there are two codes, there must be one"
        }
    }
}

/// ASCII letters and digits of a text, in lower case.
private func typedLetters(_ text: [UInt8]) -> [UInt8] {
    text.compactMap { byte in
        switch byte {
        case 0x61...0x7A, 0x30...0x39: byte
        case 0x41...0x5A: byte + 0x20
        default: nil
        }
    }
}

/// The letters meant by typed ones that begin with a syllable.
private func repaired(_ typed: [UInt8]) -> [UInt8] {
    typed.enumerated().map { repaired($1, place: $0 % 3) }
}

/// The letter meant at a place of a syllable, where people type digits that look like it.
private func repaired(_ byte: UInt8, place: Int) -> UInt8 {
    switch (place, byte) {
    case (1, 0x30): 0x6F  // 0 is o
    case (1, 0x31): 0x69  // 1 is i
    case (1, 0x33): 0x65  // 3 is e
    case (1, 0x34): 0x61  // 4 is a
    case (0, 0x32), (2, 0x32): 0x7A  // 2 is z
    case (0, 0x35), (2, 0x35): 0x73  // 5 is s
    case (0, 0x38), (2, 0x38): 0x62  // 8 is b
    default: byte
    }
}

/// The first ten bits of SHA-256(L("token-check") ‖ r).
private func tokenCheck(_ secret: [UInt8]) -> UInt16 {
    let hash = Sodium.sha256(label("token-check") + secret)
    return UInt16(hash[0]) << 2 | UInt16(hash[1]) >> 6
}

/// The 90 bits `r ‖ check` as nine numbers of ten bits, top bits first.
private func packed(_ secret: [UInt8], check: UInt16) -> [UInt16] {
    var numbers: [UInt16] = []
    var bits: UInt32 = 0
    var width = 0
    for byte in secret {
        bits = bits << 8 | UInt32(byte)
        width += 8
        if width >= 10 {
            width -= 10
            numbers.append(UInt16(truncatingIfNeeded: bits >> UInt32(width) & 0x3FF))
        }
    }
    return numbers + [check]
}

/// The ten bytes and the check that nine numbers of ten bits stand for.
private func unpacked(_ numbers: [UInt16]) -> (secret: [UInt8], check: UInt16) {
    var secret: [UInt8] = []
    var bits: UInt32 = 0
    var width = 0
    for number in numbers.prefix(8) {
        bits = bits << 10 | UInt32(number)
        width += 10
        while width >= 8 {
            width -= 8
            secret.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
        }
    }
    return (secret, numbers[8])
}
