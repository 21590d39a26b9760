import Foundation

/// What is asked of a name before work begins.
public enum PlainFile {
    /// Refuses a name under which something lies that may not be replaced (by what is new: under
    /// which anything lies), or in whose folder nothing can be.
    /// - Throws: ``FileFault``.
    public static func check(_ path: String, isNew: Bool = false) throws(FileFault) {
        try HeldFolder(of: path).check(isNew: isNew)
    }

    /// Refuses a database that is no plain file, or beside which SQLite would find something else
    /// than its own: it opens these names itself, and would wait at a pipe.
    ///
    /// A journal of several databases ends in the name of a file that SQLite takes away when it
    /// rolls back. Ours are of one.
    /// - Throws: ``FileFault/notAFile(path:kind:)``, ``FileFault/foreignJournal(path:)``,
    ///   ``FileFault/unreadable(path:reason:)``.
    public static func checkDatabase(_ path: String) throws(FileFault) {
        for name in ["", "-journal", "-wal", "-shm"].map({ path + $0 }) {
            guard let kind = FileKind(at: name), kind != .plain else { continue }
            throw .notAFile(path: name, kind: kind)
        }
        let journal = path + "-journal"
        guard FileKind(at: journal) != nil else { return }
        if try PlainFileReader(journal).last(journalMagic.count) == journalMagic {
            throw .foreignJournal(path: journal)
        }
    }

    /// With which SQLite's journals begin, and end where another file's name stands before it.
    private static let journalMagic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]

    /// Makes what became of a name durable.
    /// - Throws: ``FileFault/unwritable(path:reason:)``.
    public static func syncFolder(of path: String) throws(FileFault) {
        try HeldFolder(of: path).sync()
    }
}
