import SealedIntake

/// A decision tree, or its texts in one language; the bytes of the file are the `file` cell.
///
/// ```text
/// u8 kind ‖ SHA-256 of the file[32] ‖ u32 day it was taken
/// ```
struct TreeFileRecord: VaultRecord {
    /// What the file is; the raw value stands in vaults.
    enum Kind: UInt8, Sendable {
        case tree = 1
        case texts = 2
    }

    static let table = VaultTable.tree

    let kind: Kind
    let digest: Digest
    let taken: Day

    init(_ kind: Kind, _ digest: Digest, taken: Day) {
        self.kind = kind
        self.digest = digest
        self.taken = taken
    }

    init(from reader: inout ByteReader) throws(ByteReaderError) {
        guard let kind = Kind(rawValue: try reader.u8()) else { throw .cut }
        self.kind = kind
        digest = try Digest(from: &reader)
        taken = Day(number: try reader.u32())
    }

    func write(to writer: inout ByteWriter) {
        writer.u8(kind.rawValue)
        writer.append(digest.bytes)
        writer.u32(taken.number)
    }
}
