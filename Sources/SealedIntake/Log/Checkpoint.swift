/// The size and root of the log, as C2SP tlog-checkpoint writes them.
public struct Checkpoint: Hashable, Sendable {
    /// The log's name, which is the deployment's.
    public let origin: [UInt8]
    /// How many leaves.
    public let size: UInt64
    /// The root of that tree.
    public let root: Digest

    /// Takes the parts.
    public init(origin: [UInt8], size: UInt64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a note: origin, size and root, a line each and nothing more.
    /// - Throws: ``NoteError/badText``.
    public init(text: [UInt8]) throws(NoteError) {
        var reader = ByteReader(text)
        guard let origin = try? reader.line(), !origin.isEmpty,
            let sizeLine = try? reader.line(), let size = Decimal.decode(sizeLine),
            let rootLine = try? reader.line(), let bytes = Base64.decode(rootLine),
            let root = Digest(bytes: bytes), reader.isAtEnd
        else { throw .badText }
        self.init(origin: origin, size: size, root: root)
    }

    /// The text of the note.
    public var text: [UInt8] {
        origin + [0x0A] + Decimal.encode(size) + [0x0A] + Base64.encode(root.bytes) + [0x0A]
    }
}

/// A checkpoint whose log signature was verified, with its note.
public struct VerifiedCheckpoint: Hashable, Sendable {
    /// What it says.
    public let checkpoint: Checkpoint
    /// The note, cosignatures included.
    public let note: SignedNote

    /// Verifies a note under the log keys of a deployment.
    /// - Throws: ``NoteError``; the signature before the text, the text before the origin.
    public init(
        note: SignedNote,
        origin: [UInt8],
        logKeys: [VerifierKey]
    ) throws(NoteError) {
        guard !(try note.signers(among: logKeys)).isEmpty else { throw .notSigned }
        checkpoint = try Checkpoint(text: note.text)
        guard checkpoint.origin == origin else { throw .otherOrigin }
        self.note = note
    }

    /// The last day on which one of these desk keys cosigned, or nil when none did.
    /// - Throws: ``NoteError/badSignature``.
    public func cosigned(by deskKeys: [VerifierKey]) throws(NoteError) -> Day? {
        try note.cosigned(by: deskKeys)
    }

    /// The same checkpoint with one line of each of these keys and no other.
    public func keeping(_ keys: [VerifierKey]) -> VerifiedCheckpoint {
        VerifiedCheckpoint(checkpoint: checkpoint, note: note.keeping(keys))
    }

    private init(checkpoint: Checkpoint, note: SignedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }
}

extension SignedNote {
    /// The newest day on which one of these desk keys cosigned it; nil when none did.
    /// - Throws: ``NoteError/badSignature`` when a line of one of them does not verify.
    public func cosigned(by deskKeys: [VerifierKey]) throws(NoteError) -> Day? {
        let found = try signers(among: deskKeys.map { $0.cosigner })
        let days = signatures.compactMap { line -> Day? in
            guard found.contains(where: { line.isOf($0) }) else { return nil }
            var reader = ByteReader([UInt8](line.blob.dropFirst(4)))
            return (try? reader.u64()).map { Day(unixSeconds: $0) }
        }
        return days.max()
    }
}
