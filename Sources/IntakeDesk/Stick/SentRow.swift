import SealedIntake

/// What the log will have of something sent out: a leaf of that type under that tag.
///
/// The digest is not part of it: a desk put back from an old copy finds its reply number taken by
/// another reply, and that is no lie of the server's.
/// ```text
/// u8 type of the leaf ‖ org16 ‖ tag[16]
/// ```
struct SentRow: Hashable {
    let type: LeafType
    let organisation: OrganisationID
    let tag: Tag

    /// The leaf of a row, or nil for a row that the log never has.
    init?(_ row: OutRow) {
        switch row.kind {
        case .reply: type = .reply
        case .transferred: type = .transferred
        case .withdrawal: type = .withdrawal
        case .pieceWanted: return nil
        }
        organisation = row.organisation
        tag = row.tag
    }

    /// What a leaf answers, or nil for one that answers nothing sent.
    init?(_ leaf: Leaf) {
        guard [.reply, .transferred, .withdrawal].contains(leaf.type),
            let organisation = leaf.organisation
        else { return nil }
        type = leaf.type
        self.organisation = organisation
        tag = leaf.tag
    }

    private init?(from reader: inout ByteReader) {
        guard let type = (try? reader.u8()).flatMap({ LeafType(rawValue: $0) }),
            let padded = try? reader.bytes(16),
            let organisation = OrganisationID(padded: padded), let tag = try? Tag(from: &reader)
        else { return nil }
        self.type = type
        self.organisation = organisation
        self.tag = tag
    }

    /// The bytes of many.
    static func bytes(of rows: [SentRow]) -> [UInt8] {
        rows.reduce(into: []) { bytes, row in
            bytes += [row.type.rawValue] + row.organisation.padded + row.tag.bytes
        }
    }

    /// Reads many, or nil when they are not in their form.
    static func list(_ bytes: [UInt8]) -> [SentRow]? {
        var reader = ByteReader(bytes)
        var rows: [SentRow] = []
        while !reader.isAtEnd {
            guard let row = SentRow(from: &reader) else { return nil }
            rows.append(row)
        }
        return rows
    }
}
