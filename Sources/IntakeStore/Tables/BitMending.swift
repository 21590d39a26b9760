import SealedIntake

/// Finds what a body was before one bit of it turned over, on a disk or in memory: whatever has the
/// digest is what was logged.
///
/// A text takes 131,072 digests, about a second.
struct BitMending {
    /// How many more bodies are searched.
    private var searches: Int

    /// Searches every body, where nobody waits for it.
    init() {
        searches = .max
    }

    /// Searches so many.
    ///
    /// Inside a transaction nobody else writes meanwhile. What is not searched stays as it is, and
    /// an export searches it.
    init(searches: Int) {
        self.searches = searches
    }

    /// A body that has a digest: the one given, or that with one bit turned back; nil where more is
    /// wrong with it, or where it was not searched.
    mutating func whole(_ body: [UInt8], _ digest: Digest, size: Int) -> [UInt8]? {
        guard Digest(native: body) != digest else { return body }
        guard body.count == size, searches > 0 else { return nil }
        searches -= 1
        return digest.restoring(body)
    }
}
