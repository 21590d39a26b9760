import Foundation
import SealedIntake

/// A bundle's bytes, read from its file piece by piece; the file is closed at the end of its life.
final class FileSource: ByteSource {
    private let descriptor: Int32

    /// How many bytes were read.
    private(set) var offset: UInt64 = 0

    /// Opens a plain file.
    /// - Throws: ``FileFault``.
    init(path: String) throws(DeskError) {
        // What is no plain file is refused below; a pipe must not keep us waiting here.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw .file(.unreadable(path: path, reason: reason))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .file(.notAFile(path: path))
        }
    }

    deinit {
        close(descriptor)
    }

    /// Goes back to a place that was read before.
    func rewind(to offset: UInt64) {
        precondition(offset <= self.offset)
        self.offset = offset
    }

    /// The next `count` bytes, or fewer at the end or where the file cannot be read on.
    func read(_ count: Int) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let place = buffer.baseAddress.map { $0 + filled }
                let got = pread(
                    descriptor,
                    place,
                    count - filled,
                    off_t(offset) + off_t(filled)
                )
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                filled += got
            }
        }
        offset += UInt64(bytes.count)
        return bytes
    }
}

extension FileSource {
    /// The SHA-256 of a whole file.
    /// - Throws: ``FileFault``.
    static func digest(of path: String) throws(DeskError) -> Digest {
        let source = try FileSource(path: path)
        var digest = RunningDigest()
        while case let bytes = source.read(1 << 20), !bytes.isEmpty { digest.append(bytes) }
        return digest.digest()
    }

    /// All bytes of a file that is small by its nature.
    /// - Throws: ``FileFault``.
    static func contents(of path: String, most: Int) throws(DeskError) -> [UInt8] {
        let source = try FileSource(path: path)
        let bytes = source.read(most + 1)
        guard bytes.count <= most else { throw .file(.tooLong(path: path, most: most)) }
        return bytes
    }
}
