import IntakeConsole
import SealedIntake

/// A directory on its way round the roots: plain text first, then a note that gains signatures.
public enum DirectoryFile {
    /// Adds a root's signature to the file; of a plain text it makes the note.
    ///
    /// - Returns: the names of all signature lines the note has now.
    /// - Throws: ``FileError``, ``DirectoryError``; the file stays as it was.
    public static func sign(
        _ path: String,
        with key: borrowing RootKey
    ) throws -> SignedDirectory {
        let bytes = try PlainFile.lines(of: path)
        let note = try? SignedNote(bytes: bytes)
        let directory = try directory(note?.text ?? bytes)
        let signed = note.map { key.signer.signing($0) } ?? key.signer.note(bytes)
        guard (try? SignedNote(bytes: signed.bytes)) == signed else {
            throw DirectoryError.note(.malformed)
        }
        try OutputFile.write(signed.bytes, to: path)
        return SignedDirectory(
            directory: directory,
            digest: signed.digest,
            signers: signed.signatures.map { String(utf8: $0.name) }
        )
    }

    /// Refuses a file that could not be signed, before anybody types a passphrase.
    /// - Throws: ``FileError``, ``DirectoryError``.
    public static func check(_ path: String) throws {
        let bytes = try PlainFile.lines(of: path)
        _ = try directory((try? SignedNote(bytes: bytes))?.text ?? bytes)
        try PlainFile.check(path)
    }

    private static func directory(_ text: [UInt8]) throws -> Directory {
        try Directory(text: text)
    }

    /// Verifies a note under a roots file, for a day.
    /// - Throws: ``FileError``, ``DirectoryError``; form, then signatures, then expiry.
    public static func verify(
        _ path: String,
        roots rootsPath: String,
        today: Day
    ) throws -> SignedDirectory {
        let rootsBytes = try PlainFile.lines(of: rootsPath)
        let bytes = try PlainFile.contents(of: path)
        let roots = try Roots(bytes: rootsBytes)
        guard let note = try? SignedNote(bytes: bytes) else {
            throw DirectoryError.note(.malformed)
        }
        let claimed = try Directory(text: note.text).deployment
        let verified = try VerifiedDirectory(note: note, roots: roots, deployment: claimed)
        try verified.checkHolds(on: today)
        let signers = (try? note.signers(among: roots.keys)) ?? []
        return SignedDirectory(
            directory: verified.directory,
            digest: verified.digest,
            signers: signers.map { String(utf8: $0.name) },
            threshold: roots.threshold,
            rootCount: roots.keys.count,
            rootsDigest: Digest(of: rootsBytes)
        )
    }
}

/// A directory and who signed it.
public struct SignedDirectory: Sendable {
    /// What it says.
    public let directory: Directory
    /// SHA-256 of its text.
    public let digest: Digest
    /// Names of those who signed.
    public let signers: [String]
    /// How many roots must sign; 0 where no roots file was given.
    public var threshold = 0
    /// How many roots there are.
    public var rootCount = 0
    /// SHA-256 of the roots file.
    public var rootsDigest: Digest?

    /// The fingerprint for posters: the first 16 bytes of the roots file's digest, in fours.
    public var fingerprint: String { RootsFile.fingerprint(of: rootsDigest) }
}
