import Foundation

/// A plain file open for reading, closed with its last holder.
///
/// A path may come from a stick that somebody prepared. So a link is not followed, a pipe is not
/// waited for and a device is not opened: what is no plain file is refused. Folders on the way
/// may be links; they are the owner's.
public final class PlainFileReader {
    private let path: String
    private let descriptor: Int32
    /// How long it was when it was opened.
    let size: Int

    /// Opens a file.
    /// - Throws: ``FileError/unreadable(path:reason:)``, ``FileError/notAFile(path:kind:)``.
    public init(_ path: String) throws(FileError) {
        // Opening a device may already do something, so the name is looked at first; and then
        // what was opened, since the name may be another's by now.
        var found = stat()
        guard lstat(path, &found) == 0 else { throw .unreadable(path) }
        try Self.check(found, path)
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .notAFile(path: path, kind: .link) : .unreadable(path)
        }
        do throws(FileError) {
            guard fstat(descriptor, &found) == 0 else { throw .unreadable(path) }
            try Self.check(found, path)
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        size = Int(clamping: found.st_size)
    }

    deinit { close(descriptor) }

    /// The last `count` bytes of what it was when it was opened; all where it had fewer.
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    func last(_ count: Int) throws(FileError) -> [UInt8] {
        try read(min(count, size), at: UInt64(max(0, size - count)))
    }

    /// `count` bytes from `offset` on, or fewer at the end.
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    public func read(_ count: Int, at offset: UInt64) throws(FileError) -> [UInt8] {
        var reason: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let place = buffer.baseAddress.map { $0 + filled }
                let from = off_t(clamping: offset) + off_t(filled)
                let got = pread(descriptor, place, count - filled, from)
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else {
                    reason = errno
                    return
                }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard reason == 0 else { throw .unreadable(path, reason) }
        return bytes
    }

    private static func check(_ found: stat, _ path: String) throws(FileError) {
        let kind = FileKind(found)
        guard kind == .plain else { throw .notAFile(path: path, kind: kind) }
    }
}
