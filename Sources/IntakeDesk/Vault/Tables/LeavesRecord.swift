import SealedIntake

/// A run of leaves of the log, with the tree before it.
///
/// ```text
/// u64 index of the first leaf ‖ u8 n ‖ n x root[32] ‖ u32 count ‖ leaf[65] x count
/// ```
struct LeavesRecord: VaultRecord {
    static let table = VaultTable.leaves

    /// The most leaves of one cell.
    static let longest = 4096

    /// The tree before the first leaf.
    let before: MerkleTree
    let leaves: [Leaf]

    /// The index after the last leaf.
    var end: UInt64 { before.size + UInt64(leaves.count) }

    init(before: MerkleTree, leaves: [Leaf]) {
        precondition(leaves.count <= Self.longest)
        self.before = before
        self.leaves = leaves
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        let first = try reader.u64()
        var roots: [Digest] = []
        for _ in 0..<(try reader.u8()) { roots.append(try Digest(from: &reader)) }
        guard let before = MerkleTree(size: first, subtrees: roots) else { throw .cut }
        self.before = before
        var leaves: [Leaf] = []
        for _ in 0..<(try reader.u32()) {
            guard let leaf = try? Leaf(from: &reader) else { throw .cut }
            leaves.append(leaf)
        }
        guard before.hasRoom(for: leaves.count) else { throw .cut }
        self.leaves = leaves
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(before.size)
        writer.u8(UInt8(before.subtrees.count))
        for root in before.subtrees { writer.append(root.bytes) }
        writer.u32(UInt32(leaves.count))
        for leaf in leaves { writer.append(leaf.bytes) }
    }

    /// The tree before the leaf of an index within this run, or after its last.
    func tree(before index: UInt64) -> MerkleTree {
        var tree = before
        for leaf in leaves.prefix(Int(index - before.size)) { tree.append(leaf.hash) }
        return tree
    }

    /// Cuts leaves that follow a tree into runs.
    static func runs(of leaves: [Leaf], after before: MerkleTree) -> [LeavesRecord] {
        var tree = before
        var runs: [LeavesRecord] = []
        for start in stride(from: 0, to: leaves.count, by: longest) {
            let run = LeavesRecord(
                before: tree,
                leaves: [Leaf](leaves[start..<min(start + longest, leaves.count)])
            )
            tree = run.tree(before: run.end)
            runs.append(run)
        }
        return runs
    }
}
