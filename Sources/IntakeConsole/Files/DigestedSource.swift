import SealedIntake

/// A file read from its beginning on, with the SHA-256 of what was read: one pass for both.
public final class DigestedSource: ByteSource {
    /// The file.
    public let source: FileSource

    private var running: RunningDigest? = RunningDigest()

    /// Takes a file of which nothing was read.
    public init(_ source: FileSource) {
        precondition(source.offset == 0)
        self.source = source
    }

    /// How many bytes were read.
    public var offset: UInt64 { source.offset }

    /// The next `count` bytes, or fewer at the end.
    public func read(_ count: Int) -> [UInt8] {
        let bytes = source.read(count)
        running?.append(bytes)
        return bytes
    }

    /// The SHA-256 of all bytes read; what is read later is not told any more.
    public func finish() -> Digest {
        guard let digest = running.take()?.digest() else {
            preconditionFailure("a digest is finished once")
        }
        return digest
    }
}
