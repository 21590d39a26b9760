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
    private let size: Int

    /// Opens a file.
    /// - Throws: ``FileFault/unreadable(path:reason:)``, ``FileFault/notAFile(path:kind:)``.
    public init(_ path: String) throws(FileFault) {
        // Opening a device may already do something, so the name is looked at first; and then
        // what was opened, since the name may be another's by now.
        var found = stat()
        guard lstat(path, &found) == 0 else { throw .unreadable(path) }
        try Self.check(found, path)
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .notAFile(path: path, kind: .link) : .unreadable(path)
        }
        do throws(FileFault) {
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
    /// - Throws: ``FileFault/unreadable(path:reason:)``.
    func last(_ count: Int) throws(FileFault) -> [UInt8] {
        try read(min(count, size), at: UInt64(max(0, size - count)))
    }

    /// `count` bytes from `offset` on, or fewer at the end.
    /// - Throws: ``FileFault/unreadable(path:reason:)``.
    public func read(_ count: Int, at offset: UInt64) throws(FileFault) -> [UInt8] {
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

    /// All bytes of a file of at most `most` bytes.
    /// - Throws: ``FileFault``.
    public static func contents(of path: String, most: Int) throws(FileFault) -> [UInt8] {
        let file = try PlainFileReader(path)
        guard file.size <= most else { throw .tooLong(path: path, most: most) }
        // One piece and no copy, as it may be a secret that is wiped afterwards; more only where
        // the file grows meanwhile.
        var bytes = try file.read(file.size + 1, at: 0)
        while bytes.count > file.size {
            let part = try file.read(1 << 20, at: UInt64(bytes.count))
            bytes += part
            guard bytes.count <= most else { throw .tooLong(path: path, most: most) }
            if part.isEmpty { break }
        }
        return bytes
    }

    private static func check(_ found: stat, _ path: String) throws(FileFault) {
        let kind = FileKind(found)
        guard kind == .plain else { throw .notAFile(path: path, kind: kind) }
    }
}
