import Foundation

/// Files that are never seen half: written beside, synced, renamed, the folder synced.
public enum DurableFile {
    /// Puts `bytes` in place of whatever lies at `path`.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func replace(
        _ path: String,
        with bytes: [UInt8],
        mode: UInt32 = 0o600
    ) throws(StoreError) {
        var file = try DurableFileWriter(path, mode: mode)
        try file.write(bytes)
        try file.finish()
    }

    /// Makes a new file; one that lies there already is left alone.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func create(
        _ path: String,
        with bytes: [UInt8],
        mode: UInt32
    ) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor, path: path)
        guard fsync(descriptor) == 0 else { throw failure(path) }
        try syncFolder(of: path)
    }

    /// All bytes of a file of at most `limit` bytes.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func contents(of path: String, limit: Int) throws(StoreError) -> [UInt8] {
        let file = try OpenFile(path)
        var bytes: [UInt8] = []
        while true {
            let chunk = try file.next(65_536)
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else {
                throw .file(path: path, reason: "too long, it must be at most \(limit) bytes")
            }
        }
    }

    /// Takes a file away; one that is gone already is no fault.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
        try syncFolder(of: path)
    }

    /// Whether something lies at `path`.
    public static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// Makes a folder that only its owner enters, unless it is there.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func makeFolder(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
    }

    /// What the last call on `path` failed with.
    static func failure(_ path: String) -> StoreError {
        .file(path: path, reason: String(cString: strerror(errno)).lowercased())
    }

    static func writeAll(
        _ bytes: [UInt8],
        to descriptor: Int32,
        path: String
    ) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    buffer.count - written
                )
            }
            guard count >= 0 || errno == EINTR else { throw failure(path) }
            written += max(count, 0)
        }
    }

    /// Makes a new name in a folder durable.
    static func syncFolder(of path: String) throws(StoreError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let name = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
        let descriptor = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(name) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(name) }
    }
}
