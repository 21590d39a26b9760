import Foundation
import SealedIntake

/// The name a file has until it is whole: `.NAME.XXXXXXXX.part`, where X is random.
///
/// Nobody can plant a link under a name that is drawn when it is needed. A command that is killed
/// leaves such a file behind, and the next one that writes NAME takes it away.
enum UnfinishedName {
    private static let letters = [UInt8]("abcdefghijklmnopqrstuvwxyz234567".utf8)
    private static let count = 8
    private static let ending = ".part"
    /// Leaves room for the rest in the 255 bytes of a name.
    private static let longestStem = 200

    /// A fresh one.
    static func random(for name: String) -> String {
        let drawn = (0..<count).map { _ in letters[Int.random(in: letters.indices)] }
        return start(of: name) + String(utf8: drawn) + ending
    }

    /// What SQLite keeps beside a database that has no name yet.
    private static let besides = ["-journal", "-wal", "-shm"]

    /// Takes one away with what SQLite left beside it, the file itself last: as long as it lies
    /// there, the rest is found.
    static func remove(_ name: String, in folder: HeldFolder) {
        for beside in besides.map({ name + $0 }) where folder.look(at: beside) != nil {
            unlinkat(folder.descriptor, beside, 0)
        }
        unlinkat(folder.descriptor, name, 0)
    }

    /// Takes away what commands that were killed left behind: plain files of such a name that are
    /// ours and that nobody writes at this moment.
    static func removeOld(for name: String, in folder: HeldFolder) {
        for old in folder.names where isOne(old, for: name) {
            guard let found = folder.look(at: old), isOurs(found, in: folder) else { continue }
            let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
            let descriptor = openat(folder.descriptor, old, flags)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var opened = stat()
            guard fstat(descriptor, &opened) == 0, isOurs(opened, in: folder),
                flock(descriptor, LOCK_EX | LOCK_NB) == 0
            else { continue }
            remove(old, in: folder)
        }
    }

    private static func isOurs(_ found: stat, in folder: HeldFolder) -> Bool {
        FileKind(found) == .plain && folder.isOurs(found)
    }

    private static func isOne(_ old: String, for name: String) -> Bool {
        let start = start(of: name)
        guard old.hasPrefix(start), old.hasSuffix(ending) else { return false }
        let drawn = old.utf8.dropFirst(start.utf8.count).dropLast(ending.utf8.count)
        return drawn.count == count && drawn.allSatisfy(letters.contains)
    }

    private static func start(of name: String) -> String {
        var stem = name[...]
        while stem.utf8.count > longestStem { stem = stem.dropLast() }
        return "." + stem + "."
    }
}
