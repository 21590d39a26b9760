import CSodium

/// The SHA-256 of bytes that come piece by piece: of a file too long for memory.
public struct RunningDigest: ~Copyable {
    private var state = crypto_hash_sha256_state()

    /// Begins with nothing.
    public init() {
        Sodium.start()
        crypto_hash_sha256_init(&state)
    }

    /// Takes the next bytes.
    public mutating func append(_ bytes: [UInt8]) {
        crypto_hash_sha256_update(&state, bytes, UInt64(bytes.count))
    }

    /// The SHA-256 of all that came.
    public consuming func digest() -> Digest {
        var out = [UInt8](repeating: 0, count: Digest.count)
        crypto_hash_sha256_final(&state, &out)
        return Digest(out)
    }
}
