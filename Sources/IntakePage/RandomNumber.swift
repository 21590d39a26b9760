import SealedIntake

/// A random number; from 64 bits, so even for any limit.
func randomNumber(below limit: UInt32) -> UInt32 {
    var reader = ByteReader(SecretBytes.random(8).exposed)
    let value = (try? reader.u64()) ?? 0
    return UInt32(truncatingIfNeeded: value % UInt64(limit))
}

/// The slot of a message: 32 random bits, so that no visit needs to know another.
func randomSlot() -> UInt32 {
    var reader = ByteReader(SecretBytes.random(4).exposed)
    return (try? reader.u32()) ?? 0
}
