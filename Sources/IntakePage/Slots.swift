import SealedIntake

/// Slots of one visit: random where it starts, then rising, so that no visit needs to know another.
struct Slots {
    /// The first slot is below this, so that a visit has room for messages to come.
    private static let firstLimit: UInt32 = 2048

    /// A slot is at most so far behind the one before; a power of two.
    private static let stride: UInt32 = 32

    private var next: UInt32?

    /// A slot not used before in this visit, or nil when there is none left.
    mutating func take() -> UInt32? {
        let slot =
            if let next {
                next + randomNumber(below: Self.stride)
            } else {
                randomNumber(below: Self.firstLimit)
            }
        guard slot < TagKey.slotCount else { return nil }
        next = slot + 1
        return slot
    }
}

/// A random number; from 64 bits, so even for any limit.
func randomNumber(below limit: UInt32) -> UInt32 {
    var reader = ByteReader(SecretBytes.random(8).exposed)
    let value = (try? reader.u64()) ?? 0
    return UInt32(truncatingIfNeeded: value % UInt64(limit))
}
