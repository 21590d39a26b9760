import Foundation
import IntakeConsole

/// Files that are never seen half: written beside, synced, renamed, the folder synced.
///
/// Only plain files are read and replaced, whatever somebody put in their place.
public enum DurableFile {
    /// Puts `bytes` in place of a plain file at `path`, or where nothing lies.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func replace(
        _ path: String,
        with bytes: [UInt8],
        mode: UInt32 = 0o600
    ) throws(StoreError) {
        var file = try DurableFileWriter(path, mode: mode)
        try file.write(bytes)
        try file.finish()
    }

    /// Makes a new file; one that lies there already is left alone.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func create(
        _ path: String,
        with bytes: [UInt8],
        mode: UInt32
    ) throws(StoreError) {
        var file = try DurableFileWriter(path, mode: mode, isNew: true)
        try file.write(bytes)
        try file.finish()
    }

    /// Refuses a path at which ``replace(_:with:mode:)`` would refuse what lies there: for work
    /// that ends with it.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func checkReplaceable(_ path: String) throws(StoreError) {
        try filing { () throws(FileError) in try PlainFile.check(path) }
    }

    /// Refuses a database, or a log beside one, that is no plain file.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func checkDatabase(_ path: String) throws(StoreError) {
        try filing { () throws(FileError) in try PlainFile.checkDatabase(path) }
    }

    /// All bytes of a file of at most `limit` bytes.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func contents(of path: String, limit: Int) throws(StoreError) -> [UInt8] {
        try filing { () throws(FileError) in
            try PlainFile.contents(of: path, most: limit)
        }
    }

    /// Takes a file away; one that is gone already is no fault.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .file(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
        try filing { () throws(FileError) in try PlainFile.syncFolder(of: path) }
    }

    /// Whether something lies at `path`, a link that leads nowhere too.
    public static func exists(_ path: String) -> Bool {
        FileKind(at: path) != nil
    }

    /// Makes a folder that only its owner enters, unless it is there.
    /// - Throws: ``StoreError/file(path:reason:)``.
    public static func makeFolder(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .file(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
    }
}

extension StoreError {
    /// A fault of a file in the store's words.
    init(_ fault: FileError) {
        switch fault {
        case .unreadable(let path, let reason), .unwritable(let path, let reason):
            self = .file(path: path, reason: reason.lowercased())
        case .notAFile(let path, let kind):
            self = .file(path: path, reason: "it is \(kind.words), it must be a plain file")
        case .taken(let path): self = .file(path: path, reason: "file exists")
        case .swapped(let path):
            let reason = "swapped while it was written, nobody else may change the folder"
            self = .file(path: path, reason: reason)
        case .foreignJournal(let path):
            let reason = "it names another file, a journal of ours must not: take it away unopened"
            self = .file(path: path, reason: reason)
        case .tooLong(let path, let most):
            self = .file(path: path, reason: "too long, it must be at most \(most) bytes")
        }
    }
}

/// Runs work on a file and says what went wrong in the store's words.
func filing<Result: ~Copyable>(
    _ work: () throws(FileError) -> Result
) throws(StoreError) -> Result {
    do throws(FileError) {
        return try work()
    } catch {
        throw StoreError(error)
    }
}
