import SealedIntake

/// Where the leaves of this desk begin, and whether a person accepted that.
///
/// ```text
/// u8 accepted ‖ u64 index ‖ u8 n ‖ n x root[32]
/// ```
struct LogStart: Sendable {
    /// The tree before the first leaf.
    let before: MerkleTree
    /// Whether what came before is nothing, or a person accepted to do without it.
    let isAccepted: Bool

    init(before: MerkleTree, isAccepted: Bool) {
        self.before = before
        self.isAccepted = isAccepted || before.size == 0
    }

    /// Reads the setting, or nil when nothing was taken yet.
    init?(setting: [UInt8]) {
        var reader = ByteReader(setting)
        guard let flag = try? reader.u8(), let size = try? reader.u64(),
            let count = try? reader.u8()
        else { return nil }
        var roots: [Digest] = []
        for _ in 0..<count {
            guard let root = try? Digest(from: &reader) else { return nil }
            roots.append(root)
        }
        guard let before = MerkleTree(size: size, subtrees: roots) else { return nil }
        self.init(before: before, isAccepted: flag == 1)
    }

    /// The setting's bytes.
    var bytes: [UInt8] {
        var writer = ByteWriter([isAccepted ? 1 : 0])
        writer.u64(before.size)
        writer.u8(UInt8(before.subtrees.count))
        for root in before.subtrees { writer.append(root.bytes) }
        return writer.bytes
    }
}
