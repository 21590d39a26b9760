import Foundation

/// A file that one at a time has for a piece of work; the kernel lets go of it when the process ends,
/// however it ends.
///
/// The file is neither read nor written, and must be one that is there: nothing is left behind.
public final class FileLock {
    private let descriptor: Int32

    /// Takes the lock without waiting, or is nil where somebody else has it.
    ///
    /// A file system that knows no locks keeps nobody out.
    /// - Throws: ``FileError/unreadable(path:reason:)``.
    public init?(_ path: String) throws(FileError) {
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            return nil
        }
    }

    deinit { close(descriptor) }
}
