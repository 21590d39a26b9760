/// Why a file outside the vault cannot be read or written.
public enum FileFault: Error, Equatable, Sendable {
    /// Opening or reading failed.
    case unreadable(path: String, reason: String)
    /// Writing failed; nothing is left under the name.
    case unwritable(path: String, reason: String)
    /// A directory, a pipe or a device.
    case notAFile(path: String)
    /// More bytes than such a file may have.
    case tooLong(path: String, most: Int)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .unreadable(let path, let reason): "\"\(path)\" cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\"\(path)\" cannot be written: \(reason)"
        case .notAFile(let path): "\"\(path)\" is no plain file, it must be one"
        case .tooLong(let path, let most):
            "\"\(path)\" is too long, it must be at most \(most) bytes"
        }
    }
}
