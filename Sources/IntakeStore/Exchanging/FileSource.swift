import SealedIntake

/// A file read front to back, never whole in memory.
public struct FileSource: ByteSource {
    private let file: OpenFile

    /// Opens a file.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public init(path: String) throws(StoreError) {
        file = try OpenFile(path)
    }

    /// The next `count` bytes, or fewer at the end and where the medium fails.
    public mutating func read(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let wanted = min(count - bytes.count, 1_048_576)
            guard let chunk = try? file.next(wanted), !chunk.isEmpty else { break }
            bytes += chunk
        }
        return bytes
    }
}
