import SealedIntake

/// A piece of the run of leaves held.
///
/// ```text
/// u64 index of the first leaf ‖ u8 n ‖ n x root[32] ‖ u32 count ‖ leaf[65] x count
/// ```
struct LeavesRecord: VaultRecord {
    static let table = VaultTable.leaves

    /// The most leaves of one cell.
    static let longest = 4096

    let run: LogRun

    init(_ run: LogRun) {
        precondition(run.leaves.count <= Self.longest)
        self.run = run
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        guard let before = try MerkleTree(reader.u64(), from: &reader) else { throw .cut }
        var leaves: [Leaf] = []
        for _ in 0..<(try reader.u32()) {
            guard let leaf = try? Leaf(from: &reader) else { throw .cut }
            leaves.append(leaf)
        }
        guard before.hasRoom(for: leaves.count) else { throw .cut }
        run = LogRun(before: before, leaves: leaves)
    }

    func write(to writer: inout ByteWriter) {
        writer.u64(run.first)
        run.before.write(to: &writer)
        writer.u32(UInt32(run.leaves.count))
        for leaf in run.leaves { writer.append(leaf.bytes) }
    }

    /// Cuts a run into records.
    static func records(of run: LogRun) -> [LeavesRecord] {
        stride(from: run.first, to: run.end, by: longest).compactMap { start in
            let count = min(UInt64(longest), run.end - start)
            return run.part(from: start, to: start + count).map(LeavesRecord.init)
        }
    }
}
