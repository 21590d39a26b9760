import SealedIntake

/// Where the leaves of this desk begin, whether a person accepted that, and whether there were
/// leaves before that were erased since.
///
/// ```text
/// u8 accepted ‖ u8 erased ‖ u64 index ‖ u8 n ‖ n x root[32]
/// ```
struct LogStart: Sendable {
    /// The tree before the first leaf.
    let before: MerkleTree
    /// Whether what came before is nothing, or a person accepted to do without it.
    let isAccepted: Bool
    /// Whether this desk held leaves before, of months long past.
    let isErased: Bool

    init(before: MerkleTree, isAccepted: Bool, isErased: Bool = false) {
        self.before = before
        self.isAccepted = isAccepted || before.size == 0
        self.isErased = isErased
    }

    /// Reads the setting, or nil when nothing was taken yet.
    init?(setting: [UInt8]) {
        var reader = ByteReader(setting)
        guard let accepted = try? reader.u8(), let erased = try? reader.u8(),
            let size = try? reader.u64(),
            let count = try? reader.u8()
        else { return nil }
        var roots: [Digest] = []
        for _ in 0..<count {
            guard let root = try? Digest(from: &reader) else { return nil }
            roots.append(root)
        }
        guard let before = MerkleTree(size: size, subtrees: roots) else { return nil }
        self.init(before: before, isAccepted: accepted == 1, isErased: erased == 1)
    }

    /// The setting's bytes.
    var bytes: [UInt8] {
        var writer = ByteWriter([isAccepted ? 1 : 0, isErased ? 1 : 0])
        writer.u64(before.size)
        writer.u8(UInt8(before.subtrees.count))
        for root in before.subtrees { writer.append(root.bytes) }
        return writer.bytes
    }
}
