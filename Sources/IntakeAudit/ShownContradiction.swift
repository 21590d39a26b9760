import IntakeConsole
import SealedIntake

/// What a proof file shows: one log signed two histories.
public struct ShownContradiction: Sendable {
    /// Under which keys a proof is verified.
    public enum Trust: Sendable {
        /// A log key's vkey.
        case log(String)
        /// The log keys of a directory note, signed by the roots of a file.
        case directory(note: String, roots: String)
    }

    /// The deployment whose log it is.
    public let deployment: [UInt8]
    /// The checkpoint of the smaller size, or of the same.
    public let older: Checkpoint
    /// The checkpoint of the larger size, or of the same.
    public let newer: Checkpoint
    /// The root that the newer history had at the older's size.
    public let otherRoot: Digest

    /// Verifies a file that a desk or an auditor wrote.
    /// - Throws: ``FileError``, ``DirectoryError``, then ``ContradictionError``.
    public init(file path: String, trust: Trust) throws {
        let (origin, keys) = try Self.keys(trust)
        let bytes = try PlainFile.contents(of: path, most: 3 * SignedNote.longest)
        let proof = try Contradiction(bytes: bytes)
        let shown = try proof.verify(origin: origin, logKeys: keys)
        deployment = origin
        older = shown.older.checkpoint
        newer = shown.newer.checkpoint
        otherRoot = proof.otherRoot
    }

    private static func keys(
        _ trust: Trust
    ) throws -> (origin: [UInt8], keys: [VerifierKey]) {
        switch trust {
        case .log(let vkey):
            guard let key = try? VerifierKey(text: [UInt8](vkey.utf8)) else {
                throw ContradictionError.note(.badKey)
            }
            return (key.name, [key])
        case .directory(let note, let rootsFile):
            let bytes = try PlainFile.contents(of: note)
            let rootsBytes = try PlainFile.lines(of: rootsFile)
            let roots = try Roots(bytes: rootsBytes)
            guard let note = try? SignedNote(bytes: bytes) else {
                throw DirectoryError.note(.malformed)
            }
            let claimed = try Directory(text: note.text).deployment
            // The proof may be older than what the directory's expiry allows to send under.
            let verified = try VerifiedDirectory(note: note, roots: roots, deployment: claimed)
            return (claimed, verified.directory.logKeys)
        }
    }
}
