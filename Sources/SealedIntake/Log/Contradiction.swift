/// Two checkpoints of one log that cannot both be true, with what proves it to anybody who knows
/// the log's key.
///
/// ```text
/// "SIP1" ‖ u32 length ‖ note ‖ u32 length ‖ note ‖ root[32] ‖ u8 n ‖ n x hash[32]
/// ```
/// The first note is of the smaller size, or of the same. `root` is what the newer tree had at
/// that size, by its consistency proof; the first note says another.
/// - SeeAlso: `docs/spec/protocol.md`, section 11; ``MerkleProof``.
public struct Contradiction: Hashable, Sendable {
    /// The checkpoint of the smaller size.
    public let older: SignedNote
    /// The checkpoint of the larger size, or of the same.
    public let newer: SignedNote
    /// The root that the newer tree has at the older's size.
    public let otherRoot: Digest
    /// Why the newer tree begins with that root; empty for equal sizes.
    public let consistency: [Digest]

    /// Takes the parts.
    public init(older: SignedNote, newer: SignedNote, otherRoot: Digest, consistency: [Digest]) {
        precondition(consistency.count <= Int(UInt8.max))
        self.older = older
        self.newer = newer
        self.otherRoot = otherRoot
        self.consistency = consistency
    }

    /// Makes the proof from the newer tree as it was at the older's size and its later leaves.
    public init(older: SignedNote, newer: SignedNote, before: MerkleTree, later: [Digest]) {
        self.init(
            older: older,
            newer: newer,
            otherRoot: before.root,
            consistency: MerkleProof.consistency(before: before, later: later)
        )
    }

    /// The first two checkpoints of one size and different roots, or nil: they need no proof but
    /// themselves.
    public static func ofOneSize(among checkpoints: [VerifiedCheckpoint]) -> Contradiction? {
        var known: [UInt64: VerifiedCheckpoint] = [:]
        for one in checkpoints where one.checkpoint.size > 0 {
            let other = known[one.checkpoint.size, default: one]
            guard other.checkpoint.root == one.checkpoint.root else {
                return Contradiction(
                    older: one.note,
                    newer: other.note,
                    otherRoot: other.checkpoint.root,
                    consistency: []
                )
            }
            known[one.checkpoint.size] = other
        }
        return nil
    }

    /// Reads the file; nothing is verified.
    /// - Throws: ``ContradictionError``.
    public init(bytes: [UInt8]) throws(ContradictionError) {
        var reader = ByteReader(bytes)
        guard reader.skip(ascii("SIP1")) else { throw .wrongMagic }
        let older = try Self.note(from: &reader)
        let newer = try Self.note(from: &reader)
        guard let root = try? Digest(from: &reader), let count = try? reader.u8(),
            reader.remaining == Int(count) * Digest.count
        else { throw .badLength }
        var hashes: [Digest] = []
        while let hash = try? Digest(from: &reader) { hashes.append(hash) }
        self.init(older: older, newer: newer, otherRoot: root, consistency: hashes)
    }

    /// The whole file.
    public var bytes: [UInt8] {
        var writer = ByteWriter(ascii("SIP1"))
        for note in [older, newer] {
            let bytes = note.bytes
            writer.u32(UInt32(bytes.count))
            writer.append(bytes)
        }
        writer.append(otherRoot.bytes)
        writer.u8(UInt8(consistency.count))
        for hash in consistency { writer.append(hash.bytes) }
        return writer.bytes
    }

    /// Verifies that both are signed and that they cannot both be true.
    /// - Throws: ``ContradictionError``; the signatures before the sizes, the sizes before the
    ///   roots, the roots before the proof.
    @discardableResult
    public func verify(
        origin: [UInt8],
        logKeys: [VerifierKey]
    ) throws(ContradictionError) -> (older: VerifiedCheckpoint, newer: VerifiedCheckpoint) {
        let first: VerifiedCheckpoint
        let second: VerifiedCheckpoint
        do throws(NoteError) {
            first = try VerifiedCheckpoint(note: older, origin: origin, logKeys: logKeys)
            second = try VerifiedCheckpoint(note: newer, origin: origin, logKeys: logKeys)
        } catch {
            throw .note(error)
        }
        let one = first.checkpoint
        let other = second.checkpoint
        guard one.size <= other.size else { throw .badOrder }
        guard one.root != otherRoot else { throw .noContradiction }
        do throws(MerkleProofError) {
            try MerkleProof.verifyConsistency(
                olderSize: one.size,
                olderRoot: otherRoot,
                newerSize: other.size,
                newerRoot: other.root,
                proof: consistency
            )
        } catch {
            throw .proof(error)
        }
        return (first, second)
    }

    private static func note(
        from reader: inout ByteReader
    ) throws(ContradictionError) -> SignedNote {
        guard let length = try? reader.u32(), length <= UInt32(SignedNote.longest),
            let bytes = try? reader.bytes(Int(length))
        else { throw .badLength }
        do throws(NoteError) {
            return try SignedNote(bytes: bytes)
        } catch {
            throw .note(error)
        }
    }
}

/// Why a file proves no contradiction.
public enum ContradictionError: Refusal {
    /// It does not begin with `SIP1`.
    case wrongMagic
    /// It is cut, too long, or a note of it is longer than 64 KiB.
    case badLength
    /// A note is refused.
    case note(NoteError)
    /// The first checkpoint is the larger one.
    case badOrder
    /// Both checkpoints say the same of the smaller size.
    case noContradiction
    /// The proof does not hold.
    case proof(MerkleProofError)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongMagic: "no proof of a contradiction, it must begin with SIP1"
        case .badLength: "the proof is cut, or something stands behind its end"
        case .note(let error): error.clause
        case .badOrder: "the first checkpoint of the proof must not be the larger"
        case .noContradiction: "the two checkpoints do not contradict each other"
        case .proof(let error): error.clause
        }
    }
}
