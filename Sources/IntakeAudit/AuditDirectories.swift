import SealedIntake

/// The directory notes of an audit: the newest, and older ones for closes of their time.
struct AuditDirectories {
    /// What is served now.
    let newest: Directory
    /// Its digest.
    let digest: Digest
    /// Whether roots vouch for them.
    let isRooted: Bool

    /// All of them, by the digest of their text.
    let byDigest: [Digest: Directory]

    /// Reads all notes of a folder; each must be signed under one of the roots files, where any
    /// is given.
    /// - Throws: ``AuditError``, ``FileError``.
    init(folder: AuditFolder, roots: [Roots]) throws {
        var found: [(name: String, directory: Directory, digest: Digest)] = []
        for name in folder.directories {
            let bytes = try folder.bytes(name)
            do throws(DirectoryError) {
                guard let note = try? SignedNote(bytes: bytes) else { throw .note(.malformed) }
                found.append((name, try Self.directory(note, roots), note.digest))
            } catch {
                throw AuditError.directory(name, error)
            }
        }
        guard let first = found.first, first.name == "directory" else {
            throw AuditError.missing("directory")
        }
        for (name, directory, digest) in found {
            guard directory.deployment == first.directory.deployment else {
                throw AuditError.directory(name, .otherDeployment)
            }
            let newest = first.directory.serial
            guard directory.serial <= newest else {
                let stale = DirectoryError.staleSerial(found: newest, known: directory.serial)
                throw AuditError.directory(first.name, stale)
            }
            guard directory.serial < newest || digest == first.digest else {
                throw AuditError.directory(name, .contradiction)
            }
        }
        newest = first.directory
        digest = first.digest
        isRooted = !roots.isEmpty
        byDigest = found.reduce(into: [:]) { $0[$1.digest] = $1.directory }
    }

    /// The log's name.
    var origin: [UInt8] { newest.deployment }

    /// Every log key there ever was.
    var logKeys: [VerifierKey] {
        all.reduce(into: newest.logKeys) { keys, directory in
            keys += directory.logKeys.filter { !keys.contains($0) }
        }
    }

    /// Those that list so many organisations, the newest first.
    func listing(_ count: Int) -> [Directory] {
        all.filter { $0.organisations.count == count }
    }

    private var all: [Directory] { byDigest.values.sorted { $0.serial > $1.serial } }

    private static func directory(
        _ note: SignedNote,
        _ roots: [Roots]
    ) throws(DirectoryError) -> Directory {
        let directory = try Directory(text: note.text)
        var refusal: DirectoryError?
        for roots in roots {
            do throws(DirectoryError) {
                let deployment = directory.deployment
                _ = try VerifiedDirectory(note: note, roots: roots, deployment: deployment)
                return directory
            } catch {
                refusal = refusal ?? error
            }
        }
        if let refusal { throw refusal }
        return directory
    }
}
