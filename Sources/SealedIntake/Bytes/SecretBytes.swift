import CSodium

/// Secret bytes: not copied, wiped at the end of their life, without a description.
public struct SecretBytes: ~Copyable, @unchecked Sendable {
    /// Where the bytes lie.
    package let pointer: UnsafeMutablePointer<UInt8>

    /// The length in bytes.
    public let count: Int

    /// All zeros, to be filled.
    package init(zeros count: Int) {
        Sodium.start()
        guard let memory = sodium_malloc(count) else { preconditionFailure("out of memory") }
        pointer = memory.bindMemory(to: UInt8.self, capacity: count)
        pointer.update(repeating: 0, count: count)
        self.count = count
    }

    /// A copy of `bytes`; wiping those is the caller's.
    public init(copying bytes: [UInt8]) {
        self.init(zeros: bytes.count)
        pointer.update(from: bytes, count: bytes.count)
    }

    /// `count` random bytes.
    public static func random(_ count: Int) -> SecretBytes {
        let secret = SecretBytes(zeros: count)
        randombytes_buf(secret.pointer, count)
        return secret
    }

    deinit {
        Sodium.wipe(pointer, count: count)
        sodium_free(pointer)
    }

    /// A copy in the open, for the one place that must store or show it.
    public var exposed: [UInt8] {
        [UInt8](UnsafeBufferPointer(start: pointer, count: count))
    }

    /// A second holder of the same bytes.
    public func copy() -> SecretBytes {
        let other = SecretBytes(zeros: count)
        other.pointer.update(from: pointer, count: count)
        return other
    }

    /// Whether two secrets are the same, in constant time.
    public func isEqual(to other: borrowing SecretBytes) -> Bool {
        count == other.count && sodium_memcmp(pointer, other.pointer, count) == 0
    }

    /// Each byte XOR the one at the same place.
    package func xor(_ mask: [UInt8]) -> SecretBytes {
        precondition(mask.count == count)
        let out = SecretBytes(zeros: count)
        for (place, byte) in mask.enumerated() { out.pointer[place] = pointer[place] ^ byte }
        return out
    }
}
