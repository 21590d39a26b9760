import SealedIntake

/// A bundle's bytes, read from its file piece by piece; the file is closed at the end of its life.
public final class FileSource: ByteSource {
    private let file: PlainFileReader

    /// How many bytes were read.
    public private(set) var offset: UInt64 = 0

    /// Opens a plain file.
    /// - Throws: ``FileError``.
    public init(path: String) throws(FileError) {
        file = try PlainFileReader(path)
    }

    /// Goes back to a place that was read before.
    public func rewind(to offset: UInt64) {
        precondition(offset <= self.offset)
        self.offset = offset
    }

    /// The next `count` bytes, or fewer at the end or where the file cannot be read on.
    public func read(_ count: Int) -> [UInt8] {
        let bytes = (try? file.read(count, at: offset)) ?? []
        offset += UInt64(bytes.count)
        return bytes
    }
}

extension FileSource {
    /// The SHA-256 of a file, of its first `most` bytes where it is longer.
    /// - Throws: ``FileError``.
    public static func digest(of path: String, most: UInt64 = .max) throws(FileError) -> Digest {
        let source = try FileSource(path: path)
        var digest = RunningDigest()
        while source.offset < most {
            let bytes = source.read(Int(min(1 << 20, most - source.offset)))
            guard !bytes.isEmpty else { break }
            digest.append(bytes)
        }
        return digest.digest()
    }
}
