import Foundation

/// Writes a file that is never seen half: beside its name, under a random one, then synced, given
/// its name, the folder synced.
///
/// The path may lie on a stick that somebody prepared. So no link is followed, nothing is opened
/// that was there before, and only a plain file is replaced. Without ``finish()`` nothing is left.
public struct PlainFileWriter: ~Copyable {
    private let path: String
    private let isNew: Bool
    private let folder: HeldFolder
    private let beside: String
    private let descriptor: Int32
    private var wholeMode: UInt32?
    private var isFinished = false

    /// Begins a file, its mode masked by the process; where `isNew`, nothing may have its name.
    ///
    /// - Throws: ``FileError``; what lies under the name is looked at before anything is written.
    public init(_ path: String, mode: UInt32, isNew: Bool = false) throws(FileError) {
        let folder = try HeldFolder(of: path)
        try folder.check(isNew: isNew)
        UnfinishedName.removeOld(for: folder.name, in: folder)
        let begun = try Self.begin(in: folder, path, mode)
        self.path = path
        self.isNew = isNew
        self.folder = folder
        beside = begun.name
        descriptor = begun.descriptor
    }

    deinit {
        if !isFinished, holds(beside) { UnfinishedName.remove(beside, in: folder) }
        close(descriptor)
    }

    /// Where the file lies until it has its name, for SQLite, which opens what it writes itself.
    public var unfinishedPath: String { folder.place + "/" + beside }

    /// Begins a file that has exactly this mode, whatever the process masks, once it is whole.
    /// - Throws: ``FileError``, as above.
    public init(_ path: String, exactMode: UInt32) throws(FileError) {
        try self.init(path, mode: 0o600)
        wholeMode = exactMode
    }

    /// Appends bytes.
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public mutating func write(_ bytes: [UInt8]) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let place = buffer.baseAddress.map { $0 + written }
                return Foundation.write(descriptor, place, buffer.count - written)
            }
            guard count >= 0 || errno == EINTR else { throw .unwritable(path) }
            written += max(count, 0)
        }
    }

    /// Syncs the file and gives it its name, in place of a plain file that had it.
    /// - Throws: ``FileError``.
    public mutating func finish() throws(FileError) {
        try takeMode()
        guard fsync(descriptor) == 0 else { throw .unwritable(path) }
        try folder.check(isNew: isNew)
        guard holds(beside) else { throw .swapped(path: path) }
        if isNew {
            try takeNewName()
        } else {
            try rename()
        }
        isFinished = true
        // Another command of ours may have replaced it in turn; a link was put there by nobody
        // of us.
        guard let found = folder.look(at: folder.name), FileKind(found) == .plain else {
            throw .swapped(path: path)
        }
        try folder.sync()
    }

    /// Sticks are FAT or exFAT mostly, which keep no modes and refuse one that they cannot show:
    /// whoever holds the stick reads it anyhow.
    private func takeMode() throws(FileError) {
        guard let wholeMode, fchmod(descriptor, wholeMode) != 0 else { return }
        guard [EPERM, ENOTSUP, ENOSYS, EINVAL].contains(errno) else { throw .unwritable(path) }
    }

    private func rename() throws(FileError) {
        guard renameat(folder.descriptor, beside, folder.descriptor, folder.name) == 0 else {
            throw .unwritable(path)
        }
    }

    /// The name, in the instant in which nobody has it.
    ///
    /// Where the file system cannot do that, a second name where it has links; elsewhere, as on
    /// most sticks, the name is taken by an empty file first.
    private func takeNewName() throws(FileError) {
        let place = folder.descriptor
        if FreeName.rename(place, beside, folder.name) == 0 { return }
        if errno != EEXIST, linkat(place, beside, place, folder.name, 0) == 0 {
            unlinkat(place, beside, 0)
            return
        }
        guard errno != EEXIST else { throw .taken(path: path) }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let empty = openat(folder.descriptor, folder.name, flags, 0o600)
        guard empty >= 0 else { throw errno == EEXIST ? .taken(path: path) : .unwritable(path) }
        close(empty)
        do throws(FileError) {
            try rename()
        } catch {
            unlinkat(folder.descriptor, folder.name, 0)
            throw error
        }
    }

    /// Whether a name is still that of the file written.
    private func holds(_ name: String) -> Bool {
        var own = stat()
        guard fstat(descriptor, &own) == 0, let found = folder.look(at: name) else { return false }
        return found.st_dev == own.st_dev && found.st_ino == own.st_ino
    }

    private static func begin(
        in folder: HeldFolder,
        _ path: String,
        _ mode: UInt32
    ) throws(FileError) -> (name: String, descriptor: Int32) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        for _ in 0..<64 {
            let name = UnfinishedName.random(for: folder.name)
            let descriptor = openat(folder.descriptor, name, flags, mode)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw .unwritable(path)
            }
            // Held until the file is whole: who tidies up leaves it alone. Where somebody tidied
            // it away in the instant before, another name is drawn.
            var found = stat()
            let isHeld = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
            if isHeld, fstat(descriptor, &found) == 0, found.st_nlink > 0 {
                do throws(FileError) {
                    try folder.give(descriptor)
                } catch {
                    unlinkat(folder.descriptor, name, 0)
                    close(descriptor)
                    throw error
                }
                return (name, descriptor)
            }
            close(descriptor)
        }
        throw .swapped(path: path)
    }
}
