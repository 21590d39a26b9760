import SealedIntake

/// Finds what a body was before one bit of it turned over, on a disk or in memory: whatever has the
/// digest is what was logged.
///
/// A text takes 131,072 digests, about a second, in which a close lets nobody else write. Where more
/// than a few bodies cannot be mended the disk itself is gone, and no more are tried.
struct BitMending {
    /// How many more bodies may turn out to be spoiled for good.
    private var tries = 16

    /// A body that has a digest: the one given, or that with one bit turned back; nil where more is
    /// wrong with it.
    mutating func whole(_ body: [UInt8], _ digest: Digest, size: Int) -> [UInt8]? {
        guard Digest(native: body) != digest else { return body }
        guard body.count == size, tries > 0 else { return nil }
        if let mended = digest.restoring(body) { return mended }
        tries -= 1
        return nil
    }
}
