import Foundation
import SealedIntake

/// Plain files at given paths: what is asked of a name before work begins, and small ones whole.
public enum PlainFile {
    /// All bytes of a file of at most `most` bytes: 64 KiB, as of a signed note, or what is said.
    /// - Throws: ``FileError``.
    public static func contents(
        of path: String,
        most: Int = SignedNote.longest
    ) throws(FileError) -> [UInt8] {
        let file = try PlainFileReader(path)
        guard file.size <= most else { throw .tooLong(path: path, most: most) }
        // One piece and no copy, as it may be a secret that is wiped afterwards; more only where
        // the file grows meanwhile.
        var bytes = try file.read(file.size + 1, at: 0)
        while bytes.count > file.size {
            let part = try file.read(1 << 20, at: UInt64(bytes.count))
            bytes += part
            guard bytes.count <= most else { throw .tooLong(path: path, most: most) }
            if part.isEmpty { break }
        }
        return bytes
    }

    /// The lines of a file that people wrote, whatever their editor makes of them: without a byte
    /// order mark, each ended by LF.
    /// - Throws: ``FileError``.
    public static func lines(
        of path: String,
        most: Int = SignedNote.longest
    ) throws(FileError) -> [UInt8] {
        var bytes = try contents(of: path, most: most)
        if bytes.starts(with: KeySequences.byteOrderMark) { bytes.removeFirst(3) }
        var lines: [UInt8] = []
        for (place, byte) in bytes.enumerated() {
            let isReturn = byte == 0x0D && bytes[(place + 1)...].first == 0x0A
            if !isReturn { lines.append(byte) }
        }
        if let last = lines.last, last != 0x0A { lines.append(0x0A) }
        return lines
    }

    /// All bytes of a file, as ``contents(of:most:)``, or nil where nothing lies.
    /// - Throws: ``FileError``.
    public static func contentsIfThere(
        of path: String,
        most: Int = SignedNote.longest
    ) throws(FileError) -> [UInt8]? {
        guard try exists(path) else { return nil }
        return try contents(of: path, most: most)
    }

    /// Puts bytes in place of a plain file, or where nothing lies, never seen half.
    /// - Throws: ``FileError``.
    public static func replace(
        _ path: String,
        with bytes: [UInt8],
        mode: UInt32 = 0o600
    ) throws(FileError) {
        var file = try PlainFileWriter(path, mode: mode)
        try file.write(bytes)
        try file.finish()
    }

    /// Makes a new file, for a secret unless said otherwise; one that lies there already is left
    /// alone.
    /// - Throws: ``FileError``; ``FileError/taken(path:)`` when the name is.
    public static func create(
        _ path: String,
        with bytes: [UInt8],
        mode: UInt32 = 0o600
    ) throws(FileError) {
        var file = try PlainFileWriter(path, mode: mode, isNew: true)
        try file.write(bytes)
        try file.finish()
    }

    /// Takes a file away; one that is gone already is no fault.
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .unwritable(path) }
        do throws(FileError) {
            try syncFolder(of: path)
        } catch .unsynced(_, let reason) {
            throw .unwritable(path: path, reason: reason)
        }
    }

    /// Whether something lies at a path, a link that leads nowhere too.
    /// - Throws: ``FileError/unreadable(path:reason:)`` where that cannot be seen.
    public static func exists(_ path: String) throws(FileError) -> Bool {
        try FileKind(at: path) != nil
    }

    /// Makes a folder that only its owner enters, unless it is there; root makes it for the owner
    /// of the folder it lies in.
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public static func makeFolder(_ path: String) throws(FileError) {
        guard mkdir(path, 0o700) == 0 else {
            guard errno == EEXIST else { throw .unwritable(path) }
            return
        }
        let made = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard made >= 0 else { throw .unwritable(path) }
        defer { close(made) }
        let folder = try HeldFolder(of: path)
        try folder.give(made)
        try folder.sync()
    }

    /// Refuses a name under which something lies that may not be replaced (by what is new: under
    /// which anything lies), or in whose folder nothing can be.
    /// - Throws: ``FileError``.
    public static func check(_ path: String, isNew: Bool = false) throws(FileError) {
        try HeldFolder(of: path).check(isNew: isNew)
    }

    /// Refuses a database that is no plain file or cannot be read, or beside which SQLite would find
    /// something else than its own: it opens these names itself, and would wait at a pipe.
    ///
    /// A journal of several databases ends in the name of a file that SQLite takes away when it
    /// rolls back. Ours are of one.
    /// - Throws: ``FileError/notAFile(path:kind:)``, ``FileError/foreignJournal(path:)``,
    ///   ``FileError/unreadable(path:reason:)``.
    public static func checkDatabase(_ path: String) throws(FileError) {
        for name in ["", "-journal", "-wal", "-shm"].map({ path + $0 }) {
            guard let kind = try FileKind(at: name) else { continue }
            guard kind == .plain else { throw .notAFile(path: name, kind: kind) }
            // SQLite would say that it cannot open something. Nothing is opened here: closing it
            // would let go of the locks that this process has on it.
            guard faccessat(AT_FDCWD, name, R_OK, AT_EACCESS) == 0 else { throw .unreadable(name) }
        }
        let journal = path + "-journal"
        guard try exists(journal) else { return }
        if try PlainFileReader(journal).last(journalMagic.count) == journalMagic {
            throw .foreignJournal(path: journal)
        }
    }

    /// With which SQLite's journals begin, and end where another file's name stands before it.
    private static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

    /// Makes what became of a name durable.
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    public static func syncFolder(of path: String) throws(FileError) {
        try HeldFolder(of: path).sync()
    }
}
