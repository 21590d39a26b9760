import Foundation

/// A folder that one process at a time has for itself; the kernel lets go of it when the process
/// ends, however it ends.
///
/// The folder itself is locked: no file is left behind that could be planted or be another's.
public final class FolderLock {
    private let descriptor: Int32

    /// Takes the lock without waiting, or is nil where another process has it.
    ///
    /// A file system that knows no locks keeps nobody out.
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    public init?(_ folder: String) throws(FileError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(folder) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            return nil
        }
    }

    deinit { close(descriptor) }
}
