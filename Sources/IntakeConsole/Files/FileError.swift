import Foundation
import SealedIntake

/// Why a file at a given path cannot be read or written.
public enum FileError: Refusal {
    /// Opening or reading failed.
    case unreadable(path: String, reason: String)
    /// Writing failed.
    case unwritable(path: String, reason: String)
    /// It is whole and has its name; whether the name outlives a power cut, the disk did not say.
    case unsynced(path: String, reason: String)
    /// A folder, a link, a pipe or a device.
    case notAFile(path: String, kind: FileKind)
    /// Something lies where a new file was to be made.
    case taken(path: String)
    /// Somebody else put something in the place of what was written.
    case swapped(path: String)
    /// A database's journal that says of which other file it is a part.
    case foreignJournal(path: String)
    /// More bytes than such a file may have.
    case tooLong(path: String, most: Int)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .unreadable(let path, let reason): "\"\(path)\" cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\"\(path)\" cannot be written: \(reason)"
        case .unsynced(let path, let reason):
            "\"\(path)\" is written, but the disk did not confirm its name: \(reason)"
        case .notAFile(let path, let kind):
            "\"\(path)\" is \(kind.words), it must be a plain file"
        case .taken(let path): "\"\(path)\" is there already, a new file must have a new name"
        case .swapped(let path):
            "\"\(path)\" was swapped while it was written, nobody else may change the folder"
        case .foreignJournal(let path):
            "\"\(path)\" names another file, a journal of ours must not: take it away unopened"
        case .tooLong(let path, let most):
            "\"\(path)\" is too long, it must be at most \(most) bytes"
        }
    }

    /// How to see what became of it.
    public var hint: String? {
        guard case .unsynced = self else { return nil }
        return "look whether it is still there before you rely on it"
    }

    /// What the system said last, of reading a path; as a clause does, in lower case.
    static func unreadable(_ path: String, _ code: Int32 = errno) -> FileError {
        .unreadable(path: path, reason: said(code))
    }

    /// What the system said last, of writing a path.
    public static func unwritable(_ path: String, _ code: Int32 = errno) -> FileError {
        .unwritable(path: path, reason: said(code))
    }

    /// What the system said last, of syncing the folder of a path.
    static func unsynced(_ path: String, _ code: Int32 = errno) -> FileError {
        .unsynced(path: path, reason: said(code))
    }

    private static func said(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
