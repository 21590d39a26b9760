import CSodium

/// A key that encrypts what lies at rest: cells of a vault, bound to where they stand.
///
/// ```text
/// cell = nonce[24] ‖ XChaCha20-Poly1305-IETF(key, nonce, ad place, plaintext)    40 B more than it holds
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
public struct VaultKey: ~Copyable, Sendable {
    private let key: SecretBytes

    /// Takes a key of 32 bytes.
    public init(_ key: consuming SecretBytes) {
        precondition(key.count == 32)
        self.key = key
    }

    /// A fresh key.
    public static func random() -> VaultKey {
        VaultKey(SecretBytes.random(32))
    }

    /// The key of a passphrase: Argon2id with 3 passes over 256 MiB, salt 16 bytes.
    /// - Throws: ``KeyError/outOfMemory``.
    public static func derive(
        passphrase: borrowing SecretBytes,
        salt: [UInt8],
        operations: UInt64 = 3,
        memoryBytes: Int = 268_435_456
    ) throws(KeyError) -> VaultKey {
        VaultKey(
            try Sodium.argon2id(
                password: passphrase,
                salt: salt,
                operations: operations,
                memoryBytes: memoryBytes
            )
        )
    }

    /// `count` random bytes, for salts and row ids.
    public static func randomBytes(_ count: Int) -> [UInt8] {
        Sodium.random(count)
    }

    /// Encrypts `plaintext` for one place.
    public func encrypt(_ plaintext: [UInt8], place: [UInt8]) -> [UInt8] {
        let nonce = Sodium.random(24)
        var out = [UInt8](repeating: 0, count: plaintext.count + 16)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &out,
            nil,
            plaintext,
            UInt64(plaintext.count),
            place,
            UInt64(place.count),
            nil,
            nonce,
            key.pointer
        )
        return nonce + out
    }

    /// Decrypts a cell that stands at `place`, or nil when it does not belong there.
    public func decrypt(_ cell: [UInt8], place: [UInt8]) -> [UInt8]? {
        guard cell.count >= 40 else { return nil }
        var out = [UInt8](repeating: 0, count: cell.count - 40)
        // The nonce is what the cell begins with.
        let status = cell[24...].withUnsafeBufferPointer { body -> Int32 in
            guard let start = body.baseAddress else { return -1 }
            return crypto_aead_xchacha20poly1305_ietf_decrypt(
                &out,
                nil,
                nil,
                start,
                UInt64(body.count),
                place,
                UInt64(place.count),
                cell,
                key.pointer
            )
        }
        return status == 0 ? out : nil
    }

    /// This key, encrypted under another, for one place: 72 bytes.
    public func wrapped(under other: borrowing VaultKey, place: [UInt8]) -> [UInt8] {
        other.encrypt(key.exposed, place: place)
    }

    /// A key that was wrapped under this one, or nil when it does not open.
    public func unwrap(_ cell: [UInt8], place: [UInt8]) -> VaultKey? {
        guard var bytes = decrypt(cell, place: place), bytes.count == 32 else { return nil }
        defer { Sodium.wipe(&bytes) }
        return VaultKey(SecretBytes(copying: bytes))
    }
}
