import Foundation
import IntakeConsole

/// Files that are never seen half: written beside, synced, renamed, the folder synced.
///
/// Only plain files are read and replaced, whatever somebody put in their place.
public enum DurableFile {
    /// Puts `bytes` in place of a plain file at `path`, or where nothing lies.
    /// - Throws: ``StoreError/file(_:)``.
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
    /// - Throws: ``StoreError/file(_:)``.
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
    /// - Throws: ``StoreError/file(_:)``.
    public static func checkReplaceable(_ path: String) throws(StoreError) {
        try filing { () throws(FileError) in try PlainFile.check(path) }
    }

    /// Refuses a database, or a log beside one, that is no plain file.
    /// - Throws: ``StoreError/file(_:)``.
    public static func checkDatabase(_ path: String) throws(StoreError) {
        try filing { () throws(FileError) in try PlainFile.checkDatabase(path) }
    }

    /// All bytes of a file of at most `limit` bytes.
    /// - Throws: ``StoreError/file(_:)``.
    public static func contents(of path: String, limit: Int) throws(StoreError) -> [UInt8] {
        try filing { () throws(FileError) in
            try PlainFile.contents(of: path, most: limit)
        }
    }

    /// Takes a file away; one that is gone already is no fault.
    /// - Throws: ``StoreError/file(_:)``.
    public static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .file(.unwritable(path))
        }
        try filing { () throws(FileError) in try PlainFile.syncFolder(of: path) }
    }

    /// Whether something lies at `path`, a link that leads nowhere too.
    public static func exists(_ path: String) -> Bool {
        FileKind(at: path) != nil
    }

    /// Makes a folder that only its owner enters, unless it is there.
    /// - Throws: ``StoreError/file(_:)``.
    public static func makeFolder(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw .file(.unwritable(path)) }
            return
        }
        try filing { () throws(FileError) in try PlainFile.syncFolder(of: path) }
    }
}

/// Runs work on a file; what goes wrong with it is the store's.
func filing<Result: ~Copyable>(
    _ work: () throws(FileError) -> Result
) throws(StoreError) -> Result {
    do throws(FileError) {
        return try work()
    } catch {
        throw .file(error)
    }
}
