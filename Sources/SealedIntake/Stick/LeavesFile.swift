/// What a desk gives to a server that fell behind: the leaves it holds, under a checkpoint of the
/// log, and a whole out-bundle with the replies and transfers that belong to them.
///
/// ```text
/// "SIV1" ‖ u32 length ‖ checkpoint note ‖ u64 FROM ‖ u8 n ‖ n x root[32] ‖ u64 count ‖
/// leaf[65] x count ‖ out-bundle
/// ```
/// The log's own signature vouches for the leaves, so that it does not matter who wrote the file.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
public struct LeavesFile: Sendable {
    /// The most leaves of one file.
    static let mostLeaves: UInt64 = 10_000_000

    /// The checkpoint the leaves end at, with the log's signatures alone.
    public let checkpoint: VerifiedCheckpoint
    /// The leaves up to the checkpoint.
    public let run: LogRun

    /// Reads and verifies everything up to the out-bundle, which the source stands before then.
    /// - Throws: ``BundleError``; the signature before anything else is parsed.
    public init<Source: ByteSource>(
        from source: inout Source,
        origin: [UInt8],
        logKeys: [VerifierKey]
    ) throws(BundleError) {
        guard try source.exactly(4) == ascii("SIV1") else { throw .wrongMagic }
        let note = try source.note()
        do throws(NoteError) {
            checkpoint = try VerifiedCheckpoint(note: note, origin: origin, logKeys: logKeys)
                .keeping(logKeys)
        } catch {
            throw .note(error)
        }
        var head = ByteReader(try source.exactly(9))
        guard let first = try? head.u64(), let subtreeCount = try? head.u8(),
            first.nonzeroBitCount == Int(subtreeCount)
        else { throw .badRow }
        var roots = ByteReader([subtreeCount] + (try source.exactly(32 * Int(subtreeCount))))
        guard let before = try? MerkleTree(first, from: &roots) else { throw .badRow }
        let leaves = try Self.leaves(from: &source)
        guard let run = LogRun(before: before, received: leaves) else { throw .badRow }
        self.run = run
        guard run.end == checkpoint.checkpoint.size, run.agrees(with: checkpoint.checkpoint)
        else { throw .wrongRoot }
    }

    /// Everything before the out-bundle.
    public static func head(checkpoint: VerifiedCheckpoint, run: LogRun) -> [UInt8] {
        var writer = ByteWriter(ascii("SIV1"))
        let note = checkpoint.note.bytes
        writer.u32(UInt32(note.count))
        writer.append(note)
        writer.u64(run.first)
        run.before.write(to: &writer)
        writer.u64(UInt64(run.leaves.count))
        for leaf in run.leaves { writer.append(leaf.bytes) }
        return writer.bytes
    }

    private static func leaves<Source: ByteSource>(
        from source: inout Source
    ) throws(BundleError) -> [Leaf] {
        var head = ByteReader(try source.exactly(8))
        guard let count = try? head.u64(), count <= mostLeaves else { throw .badRow }
        var leaves: [Leaf] = []
        for _ in 0..<count {
            var reader = ByteReader(try source.exactly(Leaf.count))
            do throws(LeafError) {
                leaves.append(try Leaf(from: &reader))
            } catch {
                throw .leaf(error)
            }
        }
        return leaves
    }
}
