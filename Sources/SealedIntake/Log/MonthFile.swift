/// A month file: the leaves of the days of one month, with the subtree roots that make them
/// verifiable.
///
/// ```text
/// "SIL1" ‖ u64 index of the first leaf ‖ u8 n ‖ n x root[32] ‖ leaf[65] x any
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 8; vectors `month.json`.
extension LogRun {
    /// Reads a month file.
    /// - Throws: ``MonthFileError``.
    public init(monthFile bytes: [UInt8]) throws(MonthFileError) {
        var reader = ByteReader(bytes)
        guard reader.skip(ascii("SIL1")) else { throw .wrongMagic }
        guard let first = try? reader.u64(), let before = try? MerkleTree(first, from: &reader)
        else { throw .badHeader }
        var leaves: [Leaf] = []
        leaves.reserveCapacity(reader.remaining / Leaf.count)
        while !reader.isAtEnd {
            do throws(LeafError) {
                leaves.append(try Leaf(from: &reader))
            } catch {
                throw .leaf(error)
            }
        }
        guard let run = LogRun(before: before, received: leaves) else { throw .badHeader }
        self = run
    }

    /// The whole file.
    public var monthFile: [UInt8] {
        var writer = ByteWriter(ascii("SIL1"))
        writer.u64(first)
        before.write(to: &writer)
        for leaf in leaves { writer.append(leaf.bytes) }
        return writer.bytes
    }
}

extension MerkleTree {
    /// Reads `u8 n ‖ n x root[32]` for a known size.
    public init?(_ size: UInt64, from reader: inout ByteReader) throws(ByteReaderError) {
        let count = try reader.u8()
        var subtrees: [Digest] = []
        for _ in 0..<count { subtrees.append(try Digest(from: &reader)) }
        self.init(size: size, subtrees: subtrees)
    }

    /// Writes `u8 n ‖ n x root[32]`.
    public func write(to writer: inout ByteWriter) {
        writer.u8(UInt8(subtrees.count))
        for root in subtrees { writer.append(root.bytes) }
    }
}

/// Why bytes are no month file.
public enum MonthFileError: Refusal {
    /// It does not begin with `SIL1`.
    case wrongMagic
    /// The header is cut, or the roots do not fit the index.
    case badHeader
    /// A leaf is none.
    case leaf(LeafError)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongMagic: "no month of a log, it must begin with SIL1"
        case .badHeader: "the roots of a month do not fit its first index"
        case .leaf(let error): error.clause
        }
    }
}
