import Foundation

/// Writes a file whole or not at all, durably: it is carried away on a stick.
public enum OutputFile {
    /// Writes beside the name first, then takes the name; mode 644, nothing in it is secret.
    /// - Throws: ``FileFault/unwritable(path:reason:)``.
    public static func write(_ bytes: [UInt8], to path: String) throws(DeskError) {
        let beside = path + ".part"
        let descriptor = open(beside, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(path) }
        let isWritten =
            writeAll(bytes, to: descriptor) && fchmod(descriptor, 0o644) == 0
            && fsync(descriptor) == 0
        let reason = errno
        let isClosed = close(descriptor) == 0
        guard isWritten, isClosed, rename(beside, path) == 0 else {
            let fault = failure(path, isWritten ? errno : reason)
            unlink(beside)
            throw fault
        }
    }

    /// Makes a new file, mode 600, for a secret.
    /// - Throws: ``FileFault/unwritable(path:reason:)``, also when the name is taken.
    static func create(_ bytes: [UInt8], at path: String) throws(DeskError) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
        let reason = errno
        guard close(descriptor) == 0, isWritten else {
            unlink(path)
            throw failure(path, reason)
        }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let place = buffer.baseAddress.map { $0 + written }
                let count = Foundation.write(descriptor, place, buffer.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }

    private static func failure(_ path: String, _ code: Int32 = errno) -> DeskError {
        .file(.unwritable(path: path, reason: String(cString: strerror(code))))
    }
}
