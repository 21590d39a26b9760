import Foundation

/// Streams bytes into a file that gets its name only when it is whole and on the disk.
///
/// Without ``finish()`` nothing is left behind.
public struct DurableFileWriter: ~Copyable {
    private let path: String
    private let beside: String
    private let descriptor: Int32
    private var isFinished = false

    /// Opens a file beside `path`.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public init(_ path: String, mode: UInt32 = 0o600) throws(StoreError) {
        self.path = path
        beside = path + ".\(getpid()).part"
        descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw DurableFile.failure(path) }
    }

    /// Appends bytes.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public mutating func write(_ bytes: [UInt8]) throws(StoreError) {
        try DurableFile.writeAll(bytes, to: descriptor, path: path)
    }

    /// Syncs the file and gives it its name, in place of what had it.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public mutating func finish() throws(StoreError) {
        guard fsync(descriptor) == 0, rename(beside, path) == 0 else {
            throw DurableFile.failure(path)
        }
        isFinished = true
        try DurableFile.syncFolder(of: path)
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(beside) }
    }
}
