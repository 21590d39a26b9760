import Foundation

/// The folder of a path, held open: what is done in it happens there, whatever its name becomes.
final class HeldFolder {
    /// The name within it.
    let name: String
    let descriptor: Int32
    /// How the folder is reached: never a bare name, nor one that begins like an address.
    let place: String
    private let path: String

    /// Opens the folder in which a path lies; that folder may be reached through links.
    /// - Throws: ``FileError/unwritable(path:reason:)``, ``FileError/notAFile(path:kind:)``.
    init(of path: String) throws(FileError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        name = String(parts.last ?? "")
        guard !["", ".", ".."].contains(name) else {
            throw .notAFile(path: path, kind: .folder)
        }
        let isRoot = path.hasPrefix("/")
        place = folder.isEmpty ? (isRoot ? "/" : ".") : (isRoot ? folder : "./" + folder)
        descriptor = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path) }
        self.path = path
    }

    deinit { close(descriptor) }

    /// What lies under a name of this folder, the link itself where it is one; nil for nothing.
    func look(at name: String) -> stat? {
        var found = stat()
        guard fstatat(descriptor, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return found
    }

    /// Refuses what may not be replaced.
    /// - Throws: ``FileError/notAFile(path:kind:)``; ``FileError/taken(path:)`` where nothing may.
    func check(isNew: Bool) throws(FileError) {
        guard let found = look(at: name) else { return }
        let kind = FileKind(found)
        guard kind == .plain else { throw .notAFile(path: path, kind: kind) }
        guard !isNew else { throw .taken(path: path) }
    }

    /// The names in it; none where it cannot be listed.
    var names: [String] {
        let again = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard again >= 0 else { return [] }
        guard let list = fdopendir(again) else {
            close(again)
            return []
        }
        defer { closedir(list) }
        var names: [String] = []
        while let entry = readdir(list) {
            let longest = MemoryLayout.size(ofValue: entry.pointee.d_name)
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: longest) {
                        String(cString: $0)
                    }
                }
            )
        }
        return names
    }

    /// Gives what root makes in it to the folder's owner: a command that was run as root once
    /// would leave files that the service can never read again.
    /// - Throws: ``FileError/unwritable(path:reason:)``.
    func give(_ made: Int32) throws(FileError) {
        guard geteuid() == 0 else { return }
        var own = stat()
        var found = stat()
        guard fstat(descriptor, &own) == 0, fstat(made, &found) == 0 else {
            throw .unwritable(path)
        }
        // A stick shows all its files as of one owner, and refuses another.
        guard own.st_uid != found.st_uid else { return }
        guard fchown(made, own.st_uid, own.st_gid) == 0 else { throw .unwritable(path) }
    }

    /// Whether a file is of this process, or was given by root to the folder's owner.
    func isOurs(_ found: stat) -> Bool {
        guard found.st_uid != geteuid() else { return true }
        var own = stat()
        return geteuid() == 0 && fstat(descriptor, &own) == 0 && own.st_uid == found.st_uid
    }

    /// Makes names in it durable.
    /// - Throws: ``FileError/unsynced(path:reason:)``.
    func sync() throws(FileError) {
        // Some file systems of sticks cannot sync a folder and say so by EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .unsynced(path) }
    }
}
