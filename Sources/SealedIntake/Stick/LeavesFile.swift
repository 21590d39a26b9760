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
    /// The tree before the first leaf.
    public let before: MerkleTree
    /// The leaves from there up to the checkpoint.
    public let leaves: [Leaf]

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
        self.before = before
        leaves = try Self.leaves(from: &source)
        guard before.hasRoom(for: leaves.count) else { throw .badRow }
        guard after.size == checkpoint.checkpoint.size, after.root == checkpoint.checkpoint.root
        else { throw .wrongRoot }
    }

    /// The tree after the last leaf.
    public var after: MerkleTree {
        leaves.reduce(into: before) { tree, leaf in tree.append(leaf.hash) }
    }

    /// Everything before the out-bundle.
    public static func head(
        checkpoint: VerifiedCheckpoint,
        before: MerkleTree,
        leaves: [Leaf]
    ) -> [UInt8] {
        var writer = ByteWriter(ascii("SIV1"))
        let note = checkpoint.note.bytes
        writer.u32(UInt32(note.count))
        writer.append(note)
        writer.u64(before.size)
        before.write(to: &writer)
        writer.u64(UInt64(leaves.count))
        for leaf in leaves { writer.append(leaf.bytes) }
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
