/// The directory's root keys and how many of them must sign.
///
/// ```text
/// threshold N
/// VKEY              one a line
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 10.
public struct Roots: Hashable, Sendable {
    /// How many different roots must sign.
    public let threshold: Int
    /// The keys.
    public let keys: [VerifierKey]

    /// Reads the file.
    /// - Throws: ``DirectoryError/badRoots``.
    public init(bytes: [UInt8]) throws(DirectoryError) {
        var reader = ByteReader(bytes)
        guard let head = try? reader.line(), head.starts(with: ascii("threshold ")),
            let threshold = Decimal.decode([UInt8](head.dropFirst(10)))
        else { throw .badRoots }
        var keys: [VerifierKey] = []
        while !reader.isAtEnd {
            guard let line = try? reader.line(), let key = try? VerifierKey(text: line),
                key.algorithm == .ed25519,
                !keys.contains(where: { $0.key == key.key || $0.name == key.name })
            else { throw .badRoots }
            keys.append(key)
        }
        guard threshold >= 1, threshold <= UInt64(keys.count) else { throw .badRoots }
        self.threshold = Int(threshold)
        self.keys = keys
    }
}
