import CSodium

/// The primitives, all libsodium's, in the few forms the protocol uses.
/// - SeeAlso: `docs/spec/protocol.md`, section 1.
package enum Sodium {
    private static let isStarted = sodium_init() >= 0

    /// Must have run before anything else of libsodium; every entry below sees to it.
    static func start() {
        precondition(isStarted, "libsodium does not start")
    }

    /// SHA-256, 32 bytes.
    static func sha256(_ message: [UInt8]) -> [UInt8] {
        start()
        var out = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256(&out, message, UInt64(message.count))
        return out
    }

    /// HMAC-SHA256, 32 bytes, for a key of any length.
    static func hmac(
        key: UnsafePointer<UInt8>,
        count: Int,
        _ message: [UInt8]
    ) -> [UInt8] {
        start()
        var out = [UInt8](repeating: 0, count: 32)
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, key, count)
        crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        crypto_auth_hmacsha256_final(&state, &out)
        sodium_memzero(&state, MemoryLayout.size(ofValue: state))
        return out
    }

    /// HKDF-SHA256 (RFC 5869) with an empty salt and 32 bytes out.
    static func hkdf(_ key: borrowing SecretBytes, info: [UInt8]) -> SecretBytes {
        var input = key.exposed
        var extracted = hmac(key: [0], count: 0, input)
        var expanded = hmac(key: extracted, count: 32, info + [1])
        defer {
            wipe(&input)
            wipe(&extracted)
            wipe(&expanded)
        }
        return SecretBytes(copying: expanded)
    }

    /// BLAKE2b with a 32-byte key, 32 bytes out.
    static func blake(key: borrowing SecretBytes, _ message: [UInt8]) -> SecretBytes {
        let out = SecretBytes(zeros: 32)
        let length = UInt64(message.count)
        let status = crypto_generichash(out.pointer, 32, message, length, key.pointer, key.count)
        precondition(status == 0)
        return out
    }

    /// Argon2id 1.3 into 32 bytes.
    /// - Throws: ``KeyError/outOfMemory``.
    static func argon2id(
        password: borrowing SecretBytes,
        salt: [UInt8],
        operations: UInt64,
        memoryBytes: Int
    ) throws(KeyError) -> SecretBytes {
        start()
        precondition(salt.count == Int(crypto_pwhash_saltbytes()))
        let out = SecretBytes(zeros: 32)
        let status = crypto_pwhash(
            out.pointer,
            UInt64(out.count),
            UnsafeRawPointer(password.pointer).assumingMemoryBound(to: CChar.self),
            UInt64(password.count),
            salt,
            operations,
            memoryBytes,
            crypto_pwhash_alg_argon2id13()
        )
        guard status == 0 else { throw .outOfMemory }
        return out
    }

    /// `count` random bytes.
    static func random(_ count: Int) -> [UInt8] {
        start()
        var out = [UInt8](repeating: 0, count: count)
        randombytes_buf(&out, count)
        return out
    }

    /// Whether two byte strings are the same, in time that tells nothing but their lengths.
    package static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && sodium_memcmp(one, other, one.count) == 0
    }

    /// Overwrites with zeros in a way the compiler keeps.
    static func wipe(_ bytes: inout [UInt8]) {
        sodium_memzero(&bytes, bytes.count)
    }

    /// Overwrites a secret at the end of its life.
    static func wipe(_ pointer: UnsafeMutablePointer<UInt8>, count: Int) {
        sodium_memzero(pointer, count)
    }
}

/// Why a key could not be made.
public enum KeyError: Refusal {
    /// Argon2id found too little memory.
    case outOfMemory

    /// What was found, then what must be.
    public var clause: String { "too little memory to make the key" }
}
