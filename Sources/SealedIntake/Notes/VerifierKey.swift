/// A public key with its name, as C2SP signed-note writes it: `name+hash+base64`.
/// - SeeAlso: vectors `note.json`.
public struct VerifierKey: Hashable, Sendable {
    /// What the key signs.
    public enum Algorithm: UInt8, Sendable {
        /// Ed25519 over the text.
        case ed25519 = 0x01
        /// Ed25519 over `cosignature/v1`, the time and the text.
        case cosignature = 0x04
    }

    /// The name, printable ASCII without spaces and plus signs.
    public let name: [UInt8]
    /// What it signs.
    public let algorithm: Algorithm
    /// The key.
    public let key: SigningPublicKey

    /// Takes the parts; the name is our own or was checked.
    public init(name: [UInt8], algorithm: Algorithm = .ed25519, key: SigningPublicKey) {
        self.name = name
        self.algorithm = algorithm
        self.key = key
    }

    /// Reads a vkey.
    /// - Throws: ``NoteError/badKey``.
    public init(text: [UInt8]) throws(NoteError) {
        let parts = text.split(
            separator: 0x2B,
            maxSplits: 2,
            omittingEmptySubsequences: false
        ).map { [UInt8]($0) }
        guard parts.count == 3, Self.isName(parts[0]), let data = Base64.decode(parts[2]),
            data.count == 33, let algorithm = Algorithm(rawValue: data[0])
        else { throw .badKey }
        name = parts[0]
        self.algorithm = algorithm
        key = SigningPublicKey([UInt8](data.dropFirst()))
        guard Hex.encode(hash) == parts[1] else { throw .badKey }
    }

    /// The vkey.
    public var text: [UInt8] {
        name + [0x2B] + Hex.encode(hash) + [0x2B]
            + Base64.encode([algorithm.rawValue] + key.bytes)
    }

    /// The four bytes by which a signature line names the key.
    public var hash: [UInt8] {
        let whole = Sodium.sha256(name + [0x0A, algorithm.rawValue] + key.bytes)
        return [UInt8](whole.prefix(4))
    }

    /// The same key for cosignatures.
    public var cosigner: VerifierKey {
        VerifierKey(name: name, algorithm: .cosignature, key: key)
    }

    /// Whether bytes can name a key: printable ASCII, not empty, no space, no plus sign.
    static func isName(_ name: [UInt8]) -> Bool {
        !name.isEmpty && name.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2B }
    }

    /// Whether a signature over a note's text is this key's.
    func verifies(_ signature: [UInt8], text: [UInt8]) -> Bool {
        switch algorithm {
        case .ed25519: return key.verifies(signature, over: text)
        case .cosignature:
            var reader = ByteReader(signature)
            guard let time = try? reader.u64() else { return false }
            return key.verifies(reader.rest(), over: cosigned(text, time: time))
        }
    }
}

/// What a cosignature covers.
func cosigned(_ text: [UInt8], time: UInt64) -> [UInt8] {
    ascii("cosignature/v1\ntime ") + Decimal.encode(time) + [0x0A] + text
}
