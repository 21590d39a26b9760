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
    /// - Throws: ``FileFault``, ``DirectoryFault``, then ``ContradictionError``.
    public init(file path: String, trust: Trust) throws(DeskError) {
        let (origin, keys) = try Self.keys(trust)
        let bytes = try FileSource.contents(of: path, most: 3 * SignedNote.longest)
        do throws(ContradictionError) {
            let proof = try Contradiction(bytes: bytes)
            let shown = try proof.verify(origin: origin, logKeys: keys)
            deployment = origin
            older = shown.older.checkpoint
            newer = shown.newer.checkpoint
            otherRoot = proof.otherRoot
        } catch {
            throw .proof(error)
        }
    }

    private static func keys(
        _ trust: Trust
    ) throws(DeskError) -> (origin: [UInt8], keys: [VerifierKey]) {
        switch trust {
        case .log(let vkey):
            guard let key = try? VerifierKey(text: [UInt8](vkey.utf8)) else {
                throw .proof(.note(.badKey))
            }
            return (key.name, [key])
        case .directory(let note, let rootsFile):
            let bytes = try GivenFile.read(note)
            let rootsBytes = try GivenFile.read(rootsFile)
            do throws(DirectoryError) {
                let roots = try Roots(bytes: rootsBytes)
                guard let note = try? SignedNote(bytes: bytes) else { throw .note(.malformed) }
                let claimed = try Directory(text: note.text).deployment
                // The proof may be older than what the directory's expiry allows to send under.
                let verified = try VerifiedDirectory(note: note, roots: roots, deployment: claimed)
                return (claimed, verified.directory.logKeys)
            } catch {
                throw .directory(.refused(error))
            }
        }
    }
}
