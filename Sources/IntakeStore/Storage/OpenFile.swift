import Foundation

/// A file open for reading, closed with its last holder.
final class OpenFile {
    private let path: String
    private let descriptor: Int32

    /// Opens a file.
    /// - Throws: ``StoreError/file(path:reason:)``.
    init(_ path: String) throws(StoreError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DurableFile.failure(path) }
    }

    deinit { close(descriptor) }

    /// The next bytes, at most `count` of them; none at the end.
    /// - Throws: ``StoreError/file(path:reason:)``.
    func next(_ count: Int) throws(StoreError) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: count)
        let length = read(descriptor, &chunk, count)
        guard length >= 0 else { throw DurableFile.failure(path) }
        return [UInt8](chunk.prefix(length))
    }
}
