import Foundation

/// A file that one at a time has for a piece of work; the kernel lets go of it when the process ends,
/// however it ends.
///
/// The file is neither read nor written, and must be one that is there: nothing is left behind.
public final class FileLock {
    private let descriptor: Int32

    /// Takes the lock without waiting, or is nil where somebody else has it.
    ///
    /// - Throws: ``FileError/unwritable(path:reason:)``, also where the file system knows no locks:
    ///   two who both think that they have it would undo each other's work.
    public init?(_ path: String) throws(FileError) {
        // File systems over a network give such a lock to who may write only.
        descriptor = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return nil
            default: throw .unwritable(path)
            }
        }
    }

    deinit { close(descriptor) }
}
