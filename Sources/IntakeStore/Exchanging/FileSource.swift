import Glibc
import SealedIntake

/// A file read front to back, never whole in memory.
public struct FileSource: ByteSource {
    private final class File {
        let descriptor: Int32

        init(_ descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }
    }

    private let file: File

    /// Opens a file.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public init(path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure(path) }
        file = File(descriptor)
    }

    /// The next `count` bytes, or fewer at the end.
    public mutating func read(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var chunk = [UInt8](repeating: 0, count: min(count - bytes.count, 1_048_576))
            let length = Glibc.read(file.descriptor, &chunk, chunk.count)
            guard length > 0 else { break }
            bytes += chunk.prefix(length)
        }
        return bytes
    }
}
