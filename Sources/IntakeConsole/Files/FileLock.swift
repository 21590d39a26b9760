import Foundation

/// A file or a folder that one at a time has for a piece of work; the kernel lets go of it when the
/// process ends, however it ends.
///
/// It must be there and is neither read nor written: nothing is left behind that could be planted or
/// be another's.
public final class FileLock {
    private let descriptor: Int32

    /// Takes the lock of a file without waiting, or is nil where somebody else has it.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``, also where the file system knows no locks:
    ///   two who both think that they have it would undo each other's work.
    public init?(_ path: String) throws(FileError) {
        // File systems over a network give such a lock to who may write only.
        descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path) }
        switch Self.lock(descriptor) {
        case 0: return
        case EWOULDBLOCK: return nil
        case let code: throw .unwritable(path, code)
        }
    }

    /// Takes the lock of a folder, or is nil where another process has it.
    ///
    /// Nobody may open a folder for writing: a file system that gives no lock for that keeps nobody
    /// out.
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    public init?(folder: String) throws(FileError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(folder) }
        if Self.lock(descriptor) == EWOULDBLOCK { return nil }
    }

    deinit { close(descriptor) }

    /// 0, or what the system says.
    private static func lock(_ descriptor: Int32) -> Int32 {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno != EINTR { return errno }
        }
        return 0
    }
}
