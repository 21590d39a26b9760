import Foundation

/// What lies under a name.
public enum FileKind: Equatable, Sendable {
    /// Bytes on a disk: the only kind that is read or replaced.
    case plain
    /// A folder.
    case folder
    /// A symbolic link, wherever it points.
    case link
    /// A named pipe, at which one may wait for ever.
    case pipe
    /// A device.
    case device
    /// A Unix socket.
    case socket

    /// In words, for a refusal.
    public var words: String {
        switch self {
        case .plain: "a plain file"
        case .folder: "a folder"
        case .link: "a symbolic link"
        case .pipe: "a pipe"
        case .device: "a device"
        case .socket: "a socket"
        }
    }

    /// Looks at a name itself, never at what a link points to; nil where nothing lies.
    /// - Throws: ``FileError/unreadable(path:reason:)`` where that cannot be seen, as in a folder
    ///   that may not be entered: what cannot be looked at is not gone.
    public init?(at path: String) throws(FileError) {
        var found = stat()
        guard lstat(path, &found) == 0 else {
            guard [ENOENT, ENOTDIR].contains(errno) else { throw .unreadable(path) }
            return nil
        }
        self.init(found)
    }

    init(_ found: stat) {
        switch found.st_mode & S_IFMT {
        case S_IFREG: self = .plain
        case S_IFDIR: self = .folder
        case S_IFLNK: self = .link
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        default: self = .device
        }
    }
}
