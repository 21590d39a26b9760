/// A C2SP signed-note: a text and the signatures under it, none of them believed yet.
///
/// ```text
/// text, ends with LF ‖ LF ‖ ("— " ‖ name ‖ " " ‖ base64(hash[4] ‖ signature) ‖ LF)+
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 1; vectors `note.json`.
public struct SignedNote: Hashable, Sendable {
    /// One signature line.
    public struct Signature: Hashable, Sendable {
        /// The name of the key.
        public let name: [UInt8]
        /// The first four bytes tell the key, the rest is the signature.
        public let blob: [UInt8]

        /// Whether the line names a key; that it verifies is another matter.
        func isOf(_ key: VerifierKey) -> Bool {
            name == key.name && blob.starts(with: key.hash)
        }
    }

    /// The longest note in bytes.
    public static let longest = 65_536
    /// The most signature lines.
    static let mostSignatures = 100

    /// The text, which ends with LF.
    public let text: [UInt8]
    /// The signature lines in order.
    public let signatures: [Signature]

    /// Puts a note together from a text of our own.
    public init(text: [UInt8], signatures: [Signature]) {
        precondition(text.last == 0x0A)
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note; nothing is verified.
    /// - Throws: ``NoteError/malformed``.
    public init(bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.longest, PlainText.isValid(bytes),
            let end = Self.endOfText(bytes)
        else { throw .malformed }
        text = [UInt8](bytes.prefix(end))
        var reader = ByteReader([UInt8](bytes.dropFirst(end + 1)))
        var lines: [Signature] = []
        while !reader.isAtEnd {
            guard let line = try? reader.line(), let signature = Self.signature(line),
                lines.count < Self.mostSignatures
            else { throw .malformed }
            lines.append(signature)
        }
        guard !lines.isEmpty else { throw .malformed }
        signatures = lines
    }

    /// The whole note.
    public var bytes: [UInt8] {
        signatures.reduce(into: text + [0x0A]) { note, signature in
            note += Self.dash + signature.name + [0x20]
            note += Base64.encode(signature.blob) + [0x0A]
        }
    }

    /// SHA-256 of the text, by which the log calls the note.
    public var digest: Digest { Digest(of: text) }

    /// Which of the known keys signed; unknown lines are ignored.
    /// - Throws: ``NoteError/badSignature`` when a line of a known key does not verify.
    public func signers(among known: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
        var found: [VerifierKey] = []
        for signature in signatures {
            guard let key = known.first(where: { signature.isOf($0) }) else { continue }
            guard key.verifies([UInt8](signature.blob.dropFirst(4)), text: text) else {
                throw .badSignature
            }
            if !found.contains(key) { found.append(key) }
        }
        return found
    }

    /// The note with one line of each of these keys, the latest of a cosigner's, and no other.
    ///
    /// Lines lie outside every signature: whoever carried a note may have added any. That those
    /// kept verify is ``signers(among:)``'s to say.
    public func keeping(_ keys: [VerifierKey]) -> SignedNote {
        let kept = keys.compactMap { key in
            signatures.filter { $0.isOf(key) }
                .max { $0.blob.lexicographicallyPrecedes($1.blob) }
        }
        return SignedNote(text: text, signatures: kept)
    }

    /// The note with the signatures of another copy of the same text that it has not yet.
    public func merging(_ other: SignedNote) -> SignedNote {
        precondition(text == other.text)
        let more = other.signatures.filter { !signatures.contains($0) }
        return SignedNote(text: text, signatures: signatures + more)
    }

    private static let dash = [UInt8]([0xE2, 0x80, 0x94, 0x20])

    /// The length of the text, up to and with its last LF before the last empty line.
    private static func endOfText(_ bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { text in
            var place = text.count - 1
            while place > 0 {
                if text[place] == 0x0A, text[place - 1] == 0x0A { return place }
                place -= 1
            }
            return nil
        }
    }

    private static func signature(_ line: [UInt8]) -> Signature? {
        guard line.starts(with: dash) else { return nil }
        let parts = line.dropFirst(dash.count)
            .split(separator: 0x20, omittingEmptySubsequences: false)
            .map { [UInt8]($0) }
        guard parts.count == 2, VerifierKey.isName(parts[0]),
            let blob = Base64.decode(parts[1]), blob.count >= 5
        else { return nil }
        return Signature(name: parts[0], blob: blob)
    }
}

/// Why a note, or a text in one, is refused.
public enum NoteError: Refusal {
    /// Not the form of a signed note.
    case malformed
    /// Not the form of a verifier key, or its hash is wrong.
    case badKey
    /// A signature of a known key does not hold.
    case badSignature
    /// No known key signed, or too few.
    case notSigned
    /// The text is not in the form of its kind.
    case badText
    /// A text about another log or deployment.
    case otherOrigin

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .malformed: "not a signed note"
        case .badKey: "not a verifier key"
        case .badSignature: "a signature that does not hold"
        case .notSigned: "not signed by enough known keys"
        case .badText: "the text of the note is not in its form"
        case .otherOrigin: "the note is of another deployment"
        }
    }
}
